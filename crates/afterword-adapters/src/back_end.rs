//! Servers that take comments, behind one type: requests out, answers in.
//!
//! Each request is a value of [`crate::wire`] that somebody else sends. An answer is never believed for its status
//! alone: back ends refuse with 200, and fail after they have stored what was sent.

use crate::isso::Isso;
use crate::static_json::DecodeError;
use crate::wire::{Request, Response};
use afterword_core::ids::{CommentId, PostPath};
use afterword_core::model::{BackEnd, Comment, Decoded, Votes};
use afterword_core::writing::{Answer, Capabilities, Letter, Refusal};

/// A server that takes comments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Live {
    /// A server of Isso.
    Isso(Isso),
}

/// In which form texts are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// As HTML, to be shown.
    Shown,
    /// As they were written, to be compared with what was sent or to be changed.
    Source,
}

/// Which comments of a post are asked for. Begin with [`Part::FIRST`]; each answer says which come next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// Comments that answer nobody, from this one on, each with its first answers.
    Roots(u32),
    /// Answers to this comment, by the server's number, from this one on.
    Answers(i64, u32),
}

impl Part {
    /// Where a list begins.
    pub const FIRST: Self = Self::Roots(0);
}

/// Some comments of a post.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListPage {
    /// The comments, each with an id of its own.
    pub comments: Vec<Comment>,
    /// What is to be asked for next; empty at the end.
    pub more: Vec<Part>,
    /// How many could not be read.
    pub skipped: usize,
    /// How many comments the post has on the server, deleted ones that have answers included; `None` when it did not say.
    pub total: Option<u32>,
    /// What the server wants to know from those who write, where it says so.
    pub wishes: Option<Wishes>,
}

/// What a server wants to know from those who write.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wishes {
    /// Whether a name must be given.
    pub name: bool,
    /// Whether an e-mail address must be given.
    pub email: bool,
}

/// Why an answer is of no use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A status that is no success.
    Status(u16),
    /// It is not what it should be.
    Decode(DecodeError),
}

impl From<DecodeError> for Fault {
    fn from(error: DecodeError) -> Self {
        Self::Decode(error)
    }
}

/// A vote for or against a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Vote {
    /// For.
    Up,
    /// Against.
    Down,
}

/// What became of a vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voted {
    /// It counts; the votes now.
    Counted(Votes),
    /// It does not count: somebody at this address voted before, or wrote the comment. The votes as they are.
    Refused(Votes),
    /// There is no such comment any more.
    Gone,
}

/// What became of the wish to delete one's own comment.
#[derive(Clone, Debug, PartialEq)]
pub enum Removed {
    /// It is gone.
    Gone,
    /// Its text is gone; its place is kept for its answers.
    Emptied(Box<Comment>),
    /// It stays.
    Refused(Refusal),
}

impl Live {
    /// The server of a site, if it has one. `site` is the absolute address of the site's home page.
    pub fn new(back_end: &BackEnd, site: &str) -> Option<Self> {
        match back_end {
            BackEnd::Isso(endpoint) => Some(Self::Isso(Isso::new(endpoint, site))),
            BackEnd::None | BackEnd::ByHand(_) => None,
        }
    }

    /// What it can do, and what it asks for. Before [`Self::learn`] has been told anything, what such servers usually do.
    pub fn capabilities(&self) -> Capabilities {
        match self {
            Self::Isso(isso) => isso.capabilities(),
        }
    }

    /// Takes in what the server said about itself.
    pub fn learn(&mut self, wishes: Wishes) {
        match self {
            Self::Isso(isso) => isso.learn(wishes),
        }
    }

    /// Whether a comment is on this server: such a comment can be voted for, and changed and deleted by its writer.
    pub fn holds(&self, id: &CommentId) -> bool {
        match self {
            Self::Isso(isso) => isso.holds(id),
        }
    }

    /// Asks for comments of a post.
    pub fn encode_list(&self, post: &PostPath, part: Part, form: Form) -> Request {
        match self {
            Self::Isso(isso) => isso.encode_list(post, part, form),
        }
    }

    /// Reads the answer to [`Self::encode_list`], which was given the same arguments.
    ///
    /// # Errors
    /// When nothing of it can be shown.
    pub fn decode_list(
        &self,
        response: &Response,
        post: &PostPath,
        part: Part,
        form: Form,
    ) -> Result<Decoded<ListPage>, Fault> {
        match self {
            Self::Isso(isso) => isso.decode_list(response, post, part, form),
        }
    }

    /// Sends a letter. `answered` is the name of whoever wrote the comment that it answers, where there is one.
    ///
    /// # Errors
    /// Why the server would certainly refuse it: then it need not be asked.
    pub fn encode_letter(&self, letter: &Letter, answered: &str) -> Result<Request, Refusal> {
        match self {
            Self::Isso(isso) => isso.encode_letter(letter, answered),
        }
    }

    /// The text as [`Self::encode_letter`] sends it and [`Form::Source`] gives it back: a server that cannot know what is
    /// answered is told in the text.
    pub fn sent_text(&self, letter: &Letter, answered: &str) -> String {
        match self {
            Self::Isso(isso) => isso.sent_text(letter, answered),
        }
    }

    /// Reads the answer to [`Self::encode_letter`].
    pub fn decode_letter(&self, response: &Response, letter: &Letter) -> Answer {
        match self {
            Self::Isso(isso) => isso.decode_letter(response, letter),
        }
    }

    /// Votes for or against a comment; `None` where it cannot be voted for.
    pub fn encode_vote(&self, id: &CommentId, vote: Vote) -> Option<Request> {
        match self {
            Self::Isso(isso) => isso.encode_vote(id, vote),
        }
    }

    /// Reads the answer to [`Self::encode_vote`].
    ///
    /// # Errors
    /// When nobody knows what became of the vote.
    pub fn decode_vote(&self, response: &Response) -> Result<Voted, Fault> {
        match self {
            Self::Isso(isso) => isso.decode_vote(response),
        }
    }

    /// Asks for one's own comment, with its text as it was written, to change it; `None` where it cannot be changed.
    pub fn encode_own(&self, id: &CommentId) -> Option<Request> {
        match self {
            Self::Isso(isso) => isso.encode_own(id),
        }
    }

    /// Reads the answer to [`Self::encode_own`]; `post` is where the comment is. [`Fault::Status`] with 403 says that the
    /// time for changing it is over.
    ///
    /// # Errors
    /// When there is no comment in it.
    pub fn decode_own(&self, response: &Response, post: &PostPath) -> Result<Comment, Fault> {
        match self {
            Self::Isso(isso) => isso.decode_own(response, post),
        }
    }

    /// Deletes one's own comment; `None` where it cannot be deleted.
    pub fn encode_delete(&self, id: &CommentId) -> Option<Request> {
        match self {
            Self::Isso(isso) => isso.encode_delete(id),
        }
    }

    /// Reads the answer to [`Self::encode_delete`]; `post` is where the comment is.
    ///
    /// # Errors
    /// When nobody knows what became of it.
    pub fn decode_delete(&self, response: &Response, post: &PostPath) -> Result<Removed, Fault> {
        match self {
            Self::Isso(isso) => isso.decode_delete(response, post),
        }
    }

    /// Asks how many comments these posts have.
    pub fn encode_count(&self, posts: &[PostPath]) -> Request {
        match self {
            Self::Isso(isso) => isso.encode_count(posts),
        }
    }

    /// Reads the answer to [`Self::encode_count`]: a number for each post, in order. Deleted comments do not count.
    ///
    /// # Errors
    /// When it is no such list.
    pub fn decode_count(&self, response: &Response) -> Result<Vec<u32>, Fault> {
        match self {
            Self::Isso(isso) => isso.decode_count(response),
        }
    }
}
