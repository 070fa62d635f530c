//! What is asked of the back end for an entry: to take a letter, and to show the thread again.

use crate::platform::clock;
use crate::platform::exchange::{Broken, exchange};
use crate::platform::pause::pause;
use afterword_adapters::back_end::{Form, Live, Part};
use afterword_core::ids::{CommentId, PostPath};
use afterword_core::model::{Comment, PAGES_MAX};
use afterword_core::outbox::{Entry, Sight, parse_retry_after};
use afterword_core::reconcile::reconcile;
use afterword_core::writing::{Answer, Delay, Unclear};
use std::collections::VecDeque;

/// Sends the letter of an entry, once.
///
/// Browsers do not tell a connection that was never made from one that broke behind the last byte, and only the first is
/// harmless. So we knock before: where nobody answers a question that changes nothing, the letter was surely not sent.
pub(super) async fn send(live: &Live, entry: &Entry) -> Answer {
    let request = match live.encode_letter(&entry.letter, &entry.answered) {
        Ok(request) => request,
        Err(refusal) => return Answer::Refused(refusal),
    };
    let later = |why| Answer::Later { wait_seconds: None, why };
    match exchange(live.encode_count(std::slice::from_ref(&entry.letter.place.post))).await {
        Ok(_) | Err(Broken::CutOff | Broken::TooLong) => {}
        Err(Broken::Offline | Broken::Lost) => return later(Delay::Offline),
        Err(Broken::TimedOut) => return later(Delay::Unwell),
    }
    let response = match exchange(request).await {
        Ok(response) => response,
        Err(broken) => return broken.answer(),
    };
    if response.redirected {
        return Answer::Unclear(Unclear::Redirected);
    }
    match live.decode_letter(&response, &entry.letter) {
        Answer::Later { wait_seconds: None, why } => {
            let asked = response.retry_after.as_deref();
            let wait_seconds = asked.and_then(|value| parse_retry_after(value, clock::now_millis()));
            Answer::Later { wait_seconds, why }
        }
        answer => answer,
    }
}

/// Looks for the letter of an entry in its thread. `taken` are the comments that other entries have become.
pub(super) async fn look(live: &Live, entry: &Entry, taken: &[CommentId]) -> Sight {
    let Some(comments) = read_thread(live, &entry.letter.place.post).await else { return Sight::Unreadable };
    match reconcile(entry, &comments, taken).comment() {
        Some(found) => {
            let shown = published(live, &found.id, &entry.letter.place.post).await;
            Sight::Found(Box::new(shown.unwrap_or_else(|| found.clone())))
        }
        None => Sight::NotFound,
    }
}

/// All comments of a post on the server, with their texts as they were written. Half of them are no answer: the comment may
/// be in the other half.
async fn read_thread(live: &Live, post: &PostPath) -> Option<Vec<Comment>> {
    let mut comments = Vec::new();
    let mut wanted = VecDeque::from([Part::FIRST]);
    let mut asked = 0;
    while let Some(part) = wanted.pop_front() {
        asked += 1;
        if asked > PAGES_MAX {
            return None;
        }
        let response = exchange(live.encode_list(post, part, Form::Source)).await.ok()?;
        pause().await;
        let page = live.decode_list(&response, post, part, Form::Source).ok()?.value;
        comments.extend(page.comments);
        wanted.extend(page.more);
    }
    Some(comments)
}

/// A comment of the server, with its text as it is shown, if it can be had.
pub(super) async fn published(live: &Live, id: &CommentId, post: &PostPath) -> Option<Comment> {
    let mut wanted = VecDeque::from([Part::FIRST]);
    let mut asked = 0;
    while let Some(part) = wanted.pop_front().filter(|_| asked < PAGES_MAX) {
        asked += 1;
        let response = exchange(live.encode_list(post, part, Form::Shown)).await.ok()?;
        pause().await;
        let page = live.decode_list(&response, post, part, Form::Shown).ok()?.value;
        if let Some(comment) = page.comments.into_iter().find(|comment| comment.id == *id) {
            return Some(comment);
        }
        wanted.extend(page.more);
    }
    None
}
