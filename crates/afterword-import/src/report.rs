//! What an import did: how much came over, what was left out, and everything odd with its place.

use std::collections::BTreeMap;
use std::fmt;

/// How many odd things are kept with their place. More are counted by kind; nobody reads a list of thousands.
pub const ODD_MAX: usize = 1000;

/// The account of one import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Posts that came over.
    pub posts: u64,
    /// Pages that came over.
    pub pages: u64,
    /// Comments that came over.
    pub comments: u64,
    /// Links to the old blog that lead to the new one now.
    pub links: u64,
    /// Pictures in texts that lie on the old host; who fetches some takes them off.
    pub pictures: u64,
    /// What was left out on purpose, counted.
    pub left_out: BTreeMap<LeftOut, u64>,
    /// The first [`ODD_MAX`] odd things, in the order of the file.
    pub odd: Vec<Odd>,
    /// All odd things by kind.
    pub odd_counts: BTreeMap<OddKind, u64>,
}

/// Why something was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LeftOut {
    /// A file from the media library.
    Attachment,
    /// Something else that WordPress keeps as a post: a menu entry, a template, a plugin's data.
    OtherItem,
    /// A post that was not finished.
    Draft,
    /// A post that waits for its date.
    Scheduled,
    /// A post that waits for an editor.
    Pending,
    /// A post for logged-in people.
    Private,
    /// A post behind a password.
    Password,
    /// A post in the trash.
    TrashedPost,
    /// An item that was cut off before it said whether everyone may read it.
    CutOff,
    /// A post in a state that WordPress itself does not have.
    OtherStatus,
    /// A comment that belongs to something that was left out.
    CommentOfLeftOut,
    /// A comment that waits for approval.
    HeldComment,
    /// A comment that was marked as spam.
    SpamComment,
    /// A comment in the trash.
    TrashedComment,
    /// A pingback or trackback.
    Pingback,
    /// Something else that is kept as a comment: a note of a shop, say.
    OtherComment,
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Attachment => "entries of the media library (what texts show of them is a matter of the texts)",
            Self::OtherItem => "menus, templates and data of plugins",
            Self::Draft => "drafts",
            Self::Scheduled => "posts scheduled for later",
            Self::Pending => "posts waiting for an editor",
            Self::Private => "private posts",
            Self::Password => "posts behind a password",
            Self::TrashedPost => "posts in the trash",
            Self::CutOff => "items that were cut off before it was clear whether everyone may read them",
            Self::OtherStatus => "posts in an unknown state",
            Self::CommentOfLeftOut => "comments on something that was left out",
            Self::HeldComment => "comments waiting for approval",
            Self::SpamComment => "comments marked as spam",
            Self::TrashedComment => "comments in the trash",
            Self::Pingback => "pingbacks and trackbacks",
            Self::OtherComment => "notes of plugins kept as comments",
        })
    }
}

/// One odd thing and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Odd {
    /// The line of the file, from 1, at which the post or comment begins.
    pub line: u64,
    /// What it is about.
    pub place: Place,
    /// What is odd.
    pub kind: OddKind,
    /// What exactly, in the words of the file: an address, a name. Often empty.
    pub detail: String,
}

impl fmt::Display for Odd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, {}: {}", self.line, self.place, self.kind)?;
        if self.detail.is_empty() { Ok(()) } else { write!(f, ": {}", one_line(&self.detail)) }
    }
}

/// What an odd thing is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The file as a whole.
    File,
    /// A post, by its title.
    Post(String),
    /// A comment, by the title of its post and its number.
    Comment(String, String),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File => f.write_str("the file"),
            Self::Post(title) if title.is_empty() => f.write_str("a post without a title"),
            Self::Post(title) => write!(f, "post “{title}”"),
            Self::Comment(title, id) => write!(f, "comment {id} on “{title}”"),
        }
    }
}

/// What can be odd.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum OddKind {
    /// Bytes that are no UTF-8.
    BytesMended,
    /// A character reference that XML does not have.
    UnknownReference,
    /// The file ends in the middle of this post.
    PostCutOff,
    /// No title.
    TitleMissing,
    /// No address that can be used.
    SlugMade,
    /// An address that an earlier post has.
    SlugNumbered,
    /// A post's author is not in the file's list of authors.
    AuthorUnknown,
    /// A name that is an e-mail address.
    NameWasEmail,
    /// No date in UTC, but one that leads to it.
    DateDerived,
    /// No date that can be read.
    DateUnknown,
    /// No text.
    TextMissing,
    /// A short code of a plugin, or one whose files are missing.
    Shortcode,
    /// A block that WordPress fills in.
    DynamicBlock,
    /// A link to the old blog that leads to nothing that came over.
    LinkUnknown,
    /// A file of the old blog that could not be fetched.
    FileMissing,
    /// A comment without a number.
    CommentIdMissing,
    /// A comment with a number that an earlier one has.
    CommentIdDuplicate,
    /// A reply to a comment that was left out.
    ParentLeftOut,
    /// A reply to a comment that the post does not have.
    ParentMissing,
}

impl fmt::Display for OddKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::BytesMended => {
                "some letters were damaged or in an old encoding; they were mended as well as possible"
            }
            Self::UnknownReference => {
                "a character reference (like &this;) that XML does not know was kept as it stands"
            }
            Self::PostCutOff => {
                "the file ends or breaks here; what came before was kept, the rest of this post is missing"
            }
            Self::TitleMissing => "it has no title",
            Self::SlugMade => "its address could not be used, so a new one was made",
            Self::SlugNumbered => "another post has the same address, so a number was added",
            Self::AuthorUnknown => "its author is not in the file's list; the login name is shown",
            Self::NameWasEmail => "the name is an e-mail address; only the part before the @ was kept",
            Self::DateDerived => "the date in UTC is missing; it was worked out from the other dates",
            Self::DateUnknown => "the date cannot be read; it is shown without one",
            Self::TextMissing => "there is no text",
            Self::Shortcode => "a short code that means nothing here stands in the text; it will show as plain text",
            Self::DynamicBlock => "a block that WordPress fills in by itself is not in the export and will be missing",
            Self::LinkUnknown => "a link to the old blog leads to nothing that came over; it stays as it is",
            Self::FileMissing => "a file of the old blog could not be fetched; the text keeps its old address",
            Self::CommentIdMissing => "the comment has no number; one was made up",
            Self::CommentIdDuplicate => "another comment has the same number; this one got a new one",
            Self::ParentLeftOut => {
                "it answers a comment that was left out; it is shown as an answer to a missing comment"
            }
            Self::ParentMissing => {
                "it answers a comment that is not in the file; it is shown as an answer to a missing comment"
            }
        })
    }
}

impl Report {
    pub(crate) fn leave_out(&mut self, reason: LeftOut, count: u64) {
        if count > 0 {
            *self.left_out.entry(reason).or_default() += count;
        }
    }

    /// Notes something odd with its place. `detail` may be empty.
    pub fn note(&mut self, line: u64, place: impl FnOnce() -> Place, kind: OddKind, detail: &str) {
        *self.odd_counts.entry(kind).or_default() += 1;
        if self.odd.len() < ODD_MAX {
            self.odd.push(Odd { line, place: place(), kind, detail: detail.to_owned() });
        }
    }
}

/// Longest detail that is shown, in characters.
const DETAIL_CHARS_MAX: usize = 200;

/// A detail without line breaks, which would end the line of the list, and no longer than people read.
fn one_line(detail: &str) -> String {
    detail.chars().take(DETAIL_CHARS_MAX).map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// The report in words, as Markdown: counts first, then what is odd.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Posts that came over: {}. Pages: {}. Comments: {}.", self.posts, self.pages, self.comments)?;
        if self.links > 0 {
            writeln!(f, "Links to the old blog that lead to the new one now: {}.", self.links)?;
        }
        if self.pictures > 0 {
            writeln!(
                f,
                "Pictures that still lie on the old host: {}. They show as links until they are fetched (--media), or \
                 until site.json names the host in image_hosts.",
                self.pictures
            )?;
        }
        if !self.left_out.is_empty() {
            writeln!(f, "\nLeft out:\n")?;
            for (reason, count) in &self.left_out {
                writeln!(f, "- {reason}: {count}")?;
            }
        }
        if !self.odd_counts.is_empty() {
            writeln!(f, "\nOdd:\n")?;
            for odd in &self.odd {
                writeln!(f, "- {odd}")?;
            }
            let all: u64 = self.odd_counts.values().sum();
            if all > self.odd.len() as u64 {
                writeln!(f, "\nMore than these {}; all of them by kind:\n", self.odd.len())?;
                for (kind, count) in &self.odd_counts {
                    writeln!(f, "- {kind}: {count}")?;
                }
            }
        }
        Ok(())
    }
}
