//! The server that takes a site's comments, as the app uses it: its comments of a post, votes, one's own comments.
//!
//! What is asked and what an answer means is for `afterword_adapters::back_end` to say. Sending comments is not done
//! here: that must survive the page, and is for the outbox.

use crate::fetch_error::FetchError;
use crate::platform::clock::Stopwatch;
use crate::platform::exchange::{Broken, exchange};
use crate::platform::pause::pause;
use crate::session::Session;
use afterword_adapters::back_end::{self, Fault, Form, ListPage, Part, Removed, Vote, Voted};
use afterword_adapters::static_json::{CommentsPage, DecodeError};
use afterword_adapters::wire::{Request, Response};
use afterword_core::ids::{CommentId, PostPath};
use afterword_core::model::{Comment, PAGES_MAX, Warning, WarningKind};
use std::collections::VecDeque;

/// How long decoding may hold the main thread before it pauses, in milliseconds.
const SLICE_MILLIS: f64 = 10.0;

/// The server of a site.
#[derive(Clone, Debug)]
pub struct Live {
    back_end: back_end::Live,
    session: Session,
}

/// The comments of a post on its server.
#[derive(Clone, Debug, Default)]
pub struct Served {
    /// The comments, as parts that may overlap.
    pub pages: Vec<CommentsPage>,
    /// What was odd about them.
    pub warnings: Vec<Warning>,
    /// How many could not be read.
    pub skipped: usize,
}

impl Live {
    /// The server of the site, if it has one.
    pub fn of(session: Session) -> Option<Self> {
        let site = session.site();
        // A copy of the site at another address, to look at before it is published, has the same conversations.
        let home = site.url.clone().unwrap_or_else(|| session.base().join(""));
        let mut back_end = back_end::Live::new(&site.back_end, &home)?;
        if let Some(wishes) = session.wishes() {
            back_end.learn(wishes);
        }
        Some(Self { back_end, session })
    }

    /// What is asked and how answers are read.
    pub fn back_end(&self) -> &back_end::Live {
        &self.back_end
    }

    /// All comments of a post. What the server says about itself on the way is kept for the session.
    ///
    /// # Errors
    /// Why not all of them are to be had: half a conversation would look like the whole of it.
    pub async fn comments(&self, post: &PostPath, form: Form) -> Result<Served, FetchError> {
        let mut served = Served::default();
        let mut wanted = VecDeque::from([Part::FIRST]);
        let mut asked = 0;
        let mut watch = Stopwatch::start();
        while let Some(part) = wanted.pop_front() {
            asked += 1;
            if asked > PAGES_MAX {
                served.warnings.push(Warning { place: String::new(), kind: WarningKind::TooManyPages });
                break;
            }
            let response = self.send(self.back_end.encode_list(post, part, form)).await?;
            if watch.millis() > SLICE_MILLIS {
                pause().await;
                watch = Stopwatch::start();
            }
            let decoded = self.back_end.decode_list(&response, post, part, form).map_err(FetchError::from)?;
            let ListPage { comments, more, skipped, wishes, .. } = decoded.value;
            if let Some(wishes) = wishes {
                self.session.set_wishes(wishes);
            }
            wanted.extend(more);
            served.skipped += skipped;
            served.warnings.extend(decoded.warnings);
            served.pages.push(CommentsPage { comments, skipped, ..CommentsPage::default() });
        }
        Ok(served)
    }

    /// How many comments a post has.
    ///
    /// # Errors
    /// Why nobody knows.
    pub async fn count(&self, post: &PostPath) -> Result<u32, FetchError> {
        let response = self.send(self.back_end.encode_count(std::slice::from_ref(post))).await?;
        let counts = self.back_end.decode_count(&response).map_err(FetchError::from)?;
        Ok(counts.first().copied().unwrap_or_default())
    }

    /// Votes for or against a comment. `None` where the comment is not on the server.
    ///
    /// # Errors
    /// Why nobody knows what became of the vote.
    pub async fn vote(&self, id: &CommentId, vote: Vote) -> Result<Option<Voted>, FetchError> {
        let Some(request) = self.back_end.encode_vote(id, vote) else { return Ok(None) };
        let response = self.send(request).await?;
        Ok(Some(self.back_end.decode_vote(&response).map_err(FetchError::from)?))
    }

    /// One's own comment, with its text as it was written. `None` where the comment is not on the server.
    ///
    /// # Errors
    /// Why it is not to be had; [`FetchError::Status`] with 403 when the time for changing it is over.
    pub async fn own(&self, post: &PostPath, id: &CommentId) -> Result<Option<Comment>, FetchError> {
        let Some(request) = self.back_end.encode_own(id) else { return Ok(None) };
        let response = self.send(request).await?;
        Ok(Some(self.back_end.decode_own(&response, post).map_err(FetchError::from)?))
    }

    /// Deletes one's own comment. `None` where the comment is not on the server.
    ///
    /// # Errors
    /// Why nobody knows what became of it.
    pub async fn delete(&self, post: &PostPath, id: &CommentId) -> Result<Option<Removed>, FetchError> {
        let Some(request) = self.back_end.encode_delete(id) else { return Ok(None) };
        let response = self.send(request).await?;
        Ok(Some(self.back_end.decode_delete(&response, post).map_err(FetchError::from)?))
    }

    async fn send(&self, request: Request) -> Result<Response, FetchError> {
        exchange(request).await.map_err(|broken| match broken {
            Broken::Offline => FetchError::Offline,
            Broken::TimedOut => FetchError::TimedOut,
            Broken::CutOff => FetchError::Decode(DecodeError::CutOff { at: 0 }),
            Broken::Lost | Broken::TooLong => FetchError::Unreachable,
        })
    }
}

impl From<Fault> for FetchError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Status(status) => Self::Status(status),
            Fault::Decode(error) => Self::Decode(error),
        }
    }
}
