//! `afterword merge`: comments that readers of a site without a server sent as files, into the files of their threads.
//!
//! Each is shown first, with everything odd about it, and added when the owner says so. An e-mail address in such a file
//! is shown to the owner and goes nowhere else.

use crate::content::{ContentError, ContentFolder, would_lose};
use afterword::preview::html_of_markdown;
use afterword_adapters::static_json::{SubmissionError, decode_submission};
use afterword_core::body::{Policy, sanitize};
use afterword_core::compose::merge::{Destination, Note, Plan, Refused, Submission, TEXT_CHARACTERS_MAX, plan};
use afterword_core::ids::{CommentId, PostPath};
use afterword_core::model::{Comment, Post, Site, Warning};
use afterword_core::time::Timestamp;
use std::fmt;
use std::io::{BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Largest file that is read, in bytes: the longest text that is taken fits in with room to spare.
const FILE_BYTES_MAX: u64 = 4 * 1024 * 1024;

/// So many characters of a text are shown.
const SHOWN_CHARACTERS: usize = 300;

/// What is to be merged.
#[derive(Clone, Debug)]
pub struct MergeOptions {
    /// The files, as they came.
    pub files: Vec<PathBuf>,
    /// The content folder.
    pub content: PathBuf,
    /// Whether nobody is asked.
    pub yes: bool,
}

/// What came of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MergeSummary {
    /// How many comments were added.
    pub added: usize,
    /// How many were there already.
    pub there: usize,
    /// How many the owner did not want.
    pub declined: usize,
    /// How many could not be added.
    pub failed: usize,
    /// How many would be added, if somebody could be asked.
    pub waiting: usize,
}

impl MergeSummary {
    /// Whether everything was done that could be.
    pub fn is_whole(&self) -> bool {
        self.failed == 0 && self.waiting == 0
    }
}

impl fmt::Display for MergeSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { added, there, declined, failed, waiting } = self;
        write!(f, "Added: {added}. There already: {there}. Not wanted: {declined}. Failed: {failed}.")?;
        if *waiting > 0 {
            write!(f, "\nNothing was asked, as this is no terminal. To add these comments ({waiting}), use --yes.")?;
        }
        Ok(())
    }
}

/// Why one file cannot be merged.
#[derive(Debug)]
enum MergeError {
    Io(std::io::Error),
    TooLarge,
    Submission(SubmissionError),
    NoSuchPost(PostPath),
    Refused(Refused),
    WouldLose(Warning),
    Content(ContentError),
    Clock,
}

impl fmt::Display for MergeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => write!(f, "{error}"),
            Self::TooLarge => f.write_str("the file is too large to be a comment"),
            Self::Submission(error) => write!(f, "{error}"),
            Self::NoSuchPost(path) => write!(f, "it is for {path}, and there is no such post here"),
            Self::Refused(Refused::NoText) => f.write_str("there is no text in it"),
            Self::Refused(Refused::TooLong) => {
                write!(f, "its text is longer than {TEXT_CHARACTERS_MAX} characters")
            }
            Self::Refused(Refused::AlreadyThere(id)) => write!(f, "comment {id} says the same"),
            Self::WouldLose(warning) => write!(
                f,
                "the files of this thread are damaged ({}), and writing them would lose that part; \
                 mend it first, `afterword check` tells more",
                warning.place
            ),
            Self::Content(error) => write!(f, "{error}"),
            Self::Clock => f.write_str("the clock of this computer is not set"),
        }
    }
}

impl From<ContentError> for MergeError {
    fn from(error: ContentError) -> Self {
        Self::Content(error)
    }
}

/// A comment that is ready to be added.
struct Ready {
    submission: Submission,
    plan: Plan,
    post: Post,
    /// The comment that it answers.
    parent: Option<Comment>,
}

/// Shows, asks, adds: file by file.
///
/// # Errors
/// When the content folder cannot be used. What is wrong with one file is told and counted.
pub fn merge_files(options: &MergeOptions) -> Result<MergeSummary, ContentError> {
    let folder = ContentFolder::open(&options.content)?;
    let site = folder.read_site()?.value;
    let can_ask = std::io::stdin().is_terminal();
    let mut summary = MergeSummary::default();
    for file in &options.files {
        println!("{}", file.display());
        let ready = match prepare(&folder, &site, file) {
            Ok(ready) => ready,
            Err(MergeError::Refused(Refused::AlreadyThere(id))) => {
                println!("  It is there already, as comment {id}.\n");
                summary.there += 1;
                continue;
            }
            Err(error) => {
                println!("  It cannot be added: {error}.\n");
                summary.failed += 1;
                continue;
            }
        };
        print!("{}", Shown(&ready));
        if !options.yes && !can_ask {
            println!();
            summary.waiting += 1;
        } else if !options.yes && !ask() {
            println!("  Left out.\n");
            summary.declined += 1;
        } else if let Err(error) = folder.add_comment(&site, ready.post, ready.plan.comment) {
            println!("  It could not be added: {error}.\n");
            summary.failed += 1;
        } else {
            println!("  Added.\n");
            summary.added += 1;
        }
    }
    Ok(summary)
}

fn prepare(folder: &ContentFolder, site: &Site, file: &Path) -> Result<Ready, MergeError> {
    let len = std::fs::metadata(file).map_err(MergeError::Io)?.len();
    if len > FILE_BYTES_MAX {
        return Err(MergeError::TooLarge);
    }
    let bytes = std::fs::read(file).map_err(MergeError::Io)?;
    let submission = decode_submission(&bytes).map_err(MergeError::Submission)?.value;
    if !folder.post_file(&submission.post).is_file() {
        return Err(MergeError::NoSuchPost(submission.post));
    }
    let post = folder.read_post(&submission.post)?.value;
    let thread = folder.read_thread(&post, site.url.as_deref(), true);
    if let Some(error) = thread.errors.into_iter().next() {
        return Err(error.into());
    }
    if let Some(warning) = would_lose(&thread.warnings) {
        return Err(MergeError::WouldLose(warning.clone()));
    }
    let destination = Destination { comments: &thread.comments, state: post.thread.state };
    let now = now().ok_or(MergeError::Clock)?;
    let plan = plan(&submission, destination, now, html_of_markdown).map_err(MergeError::Refused)?;
    let parent = thread.comments.into_iter().find(|comment| Some(&comment.id) == plan.comment.parent.as_ref());
    Ok(Ready { submission, plan, post, parent })
}

/// The time, to the second, as dates are written; `None` where the clock shows a year that no date has.
fn now() -> Option<Timestamp> {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).ok()?;
    Timestamp::from_millis(i64::try_from(since.as_secs()).ok()?.checked_mul(1000)?)
}

fn ask() -> bool {
    print!("  Add it? [y/N] ");
    let _ = std::io::stdout().flush();
    let mut answer = String::new();
    let read = std::io::stdin().lock().read_line(&mut answer);
    read.is_ok() && matches!(answer.trim().to_ascii_lowercase().as_str(), "y" | "yes")
}

/// What would be added, for its owner.
struct Shown<'a>(&'a Ready);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Ready { submission, plan, post, parent } = self.0;
        let Comment { id, author, published, body, .. } = &plan.comment;
        writeln!(f, "  post:    {} ({})", visible(&post.title), post.path())?;
        let name = if author.name.is_empty() { "(no name)" } else { author.name.as_str() };
        write!(f, "  author:  {}", visible(name))?;
        for detail in [author.url.as_deref(), submission.email.as_deref()].into_iter().flatten() {
            write!(f, ", {}", visible(detail))?;
        }
        writeln!(f)?;
        if let Some(parent) = parent {
            writeln!(f, "  answers: {}, by {}: {}", parent.id, visible(&parent.author.name), first_words(parent))?;
        }
        if let Some(published) = published {
            writeln!(f, "  date:    {published}")?;
        }
        writeln!(f, "  id:      {}", visible(id.as_str()))?;
        let text = sanitize(body, &Policy::comment()).text();
        let count = text.chars().count();
        for (index, line) in text.chars().take(SHOWN_CHARACTERS).collect::<String>().lines().enumerate() {
            writeln!(f, "  {} {}", if index == 0 { "text:   " } else { "        " }, visible(line))?;
        }
        if count > SHOWN_CHARACTERS {
            writeln!(f, "           … ({} characters more)", count - SHOWN_CHARACTERS)?;
        }
        for note in &plan.notes {
            writeln!(f, "  note:    {}", words(note))?;
        }
        Ok(())
    }
}

/// The start of a comment, on one line.
fn first_words(comment: &Comment) -> String {
    const CHARACTERS: usize = 60;
    let text = sanitize(&comment.body, &Policy::comment()).text();
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let start: String = line.chars().take(CHARACTERS).collect();
    visible(&if start.len() < line.len() { format!("{start} …") } else { start })
}

/// A stranger's text without what a terminal would obey, or what would turn the direction of a line.
fn visible(text: &str) -> String {
    let is_hidden = |c: char| {
        c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().map(|c| if is_hidden(c) { '\u{fffd}' } else { c }).collect()
}

fn words(note: &Note) -> String {
    let id = |id: &CommentId| visible(id.as_str());
    match note {
        Note::ParentMissing(parent) => {
            format!("it answers comment {}, which is not there; it will be shown at the top level", id(parent))
        }
        Note::ParentDeleted(parent) => format!("it answers comment {}, which was deleted", id(parent)),
        Note::FromTheFuture(date) => format!("it says it was written on {date}; it gets the date of now"),
        Note::NoDate => "it does not say when it was written; it gets the date of now".to_owned(),
        Note::OlderThanParent => "it says it was written before what it answers".to_owned(),
        Note::NoName => "it is not signed".to_owned(),
        Note::WebsiteRefused => "its writer's web address is none that can be linked to; it is left out".to_owned(),
        Note::ThreadClosed => "this conversation is closed".to_owned(),
    }
}
