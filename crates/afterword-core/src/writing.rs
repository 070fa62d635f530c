//! What somebody writes, and what may become of it: the nouns that drafts, the outbox and back ends share.

use crate::ids::{CommentId, PostPath};
use crate::model::Comment;

/// A text as browsers hold it: UTF-16, in which half a surrogate pair may stand alone. Nothing is mended, so what is
/// kept is what was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Utf16(pub Vec<u16>);

impl Utf16 {
    /// The text as Unicode; half pairs become U+FFFD.
    pub fn to_text(&self) -> String {
        String::from_utf16_lossy(&self.0)
    }

    /// Whether nothing but white space is in it.
    pub fn is_blank(&self) -> bool {
        char::decode_utf16(self.0.iter().copied()).all(|c| c.is_ok_and(char::is_whitespace))
    }
}

impl From<&str> for Utf16 {
    fn from(text: &str) -> Self {
        Self(text.encode_utf16().collect())
    }
}

/// What a text is written for.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Target {
    /// A comment that answers nobody.
    Thread,
    /// An answer to this comment.
    Reply(CommentId),
    /// Another text for this comment of one's own.
    Edit(CommentId),
}

/// The place that a text is written at: each has a draft of its own.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The absolute address of the site: several may share an origin, and with it what browsers store.
    pub site: String,
    /// The post.
    pub post: PostPath,
    /// What it is written for.
    pub target: Target,
}

impl Place {
    /// One string for each place, for use as a key: the address of the site, the path of the post, and the target,
    /// parted by spaces. No address and no path has a space in it; an id may have, and comes last.
    pub fn key(&self) -> String {
        let (target, id) = match &self.target {
            Target::Thread => ("thread", ""),
            Target::Reply(id) => ("reply ", id.as_str()),
            Target::Edit(id) => ("edit ", id.as_str()),
        };
        let site = self.site.replace(' ', "%20");
        let post = self.post.to_string().replace(' ', "%20");
        format!("{site} {post} {target}{id}")
    }
}

/// One page in one tab of one browser, from its loading on: a random number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TabId(pub u64);

/// How somebody signs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Writer {
    /// The name; may be empty.
    pub name: String,
    /// The e-mail address; may be empty. Never shown.
    pub email: String,
    /// The web address; may be empty.
    pub website: String,
}

/// All that is sent for one comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Where it belongs.
    pub place: Place,
    /// The title of the post, which some back ends want.
    pub title: String,
    /// The text.
    pub text: Utf16,
    /// Who signs it.
    pub writer: Writer,
}

/// What a back end made of a letter.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// Taken, and everybody can read it.
    Published(Box<Comment>),
    /// Taken, and shown once somebody has approved it.
    Held(Option<Box<Comment>>),
    /// Not taken, and sending it again as it is would change nothing.
    Refused(Refusal),
    /// Not taken now. Nothing was stored.
    Later {
        /// How long the back end asks to wait, in seconds.
        wait_seconds: Option<u32>,
        /// Why.
        why: Delay,
    },
    /// It may have been stored, or not.
    Unclear(Unclear),
}

/// Why a letter was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No text, or fewer than so many characters.
    TooShort(u32),
    /// More than so many characters; 0 where the back end does not say.
    TooLong(u32),
    /// A name is wanted.
    NameMissing,
    /// An e-mail address is wanted, or this one is none.
    EmailInvalid,
    /// The web address is none that is taken.
    WebsiteInvalid,
    /// The conversation takes no more comments.
    Closed,
    /// Only those who are logged in may write.
    LoginNeeded,
    /// It says what another comment says.
    Duplicate,
    /// What it answers, or was to be changed, is not there any more.
    TargetGone,
    /// The time for changing or deleting one's own comment is over, or the proof that it is one's own is missing.
    TooLate,
    /// The back end does not take comments from this site.
    WrongSite,
    /// Something else, in the back end's own words, plain text; may be empty.
    Words(String),
}

/// Why a letter has to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delay {
    /// The browser is offline, or the request surely never reached anybody.
    Offline,
    /// The back end wants less at a time.
    TooMany,
    /// The back end is not well: 502, 503, 504, before anything was stored.
    Unwell,
}

/// Why nobody knows whether a letter was stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unclear {
    /// The connection broke.
    Broken,
    /// No answer came in time.
    TimedOut,
    /// The answer is cut off, or not what it says.
    Garbled,
    /// The back end failed while it worked on it (500).
    Failed,
    /// The request was led elsewhere.
    Redirected,
}

/// What a back end can do, and what it wants to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capabilities {
    /// Which comments can be answered.
    pub replies: Replies,
    /// Which votes are counted.
    pub votes: Voting,
    /// For how many seconds one's own comment can be changed and deleted; 0 for never.
    pub edit_seconds: u32,
    /// What a text is written in.
    pub markup: Markup,
    /// Whether a name is wanted.
    pub name: Asked,
    /// Whether an e-mail address is wanted.
    pub email: Asked,
    /// Whether a web address is wanted.
    pub website: Asked,
    /// Fewest characters of a text.
    pub text_min: u32,
    /// Most characters of a text.
    pub text_max: u32,
    /// Whether the back end keeps robots away by itself; where it does not, the composer sets traps for them.
    pub guards: bool,
}

/// Which comments can be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replies {
    /// Any.
    All,
    /// Any, but an answer to an answer is kept as one to its root.
    OneLevel,
    /// None.
    None,
}

/// Which votes are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voting {
    /// None.
    None,
    /// For.
    Up,
    /// For and against.
    UpAndDown,
}

/// What a text is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Markup {
    /// As it is; blank lines part paragraphs.
    Plain,
    /// Markdown.
    Markdown,
}

/// Whether something is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// It is not.
    No,
    /// It may be left empty.
    Optional,
    /// It must be given.
    Required,
}
