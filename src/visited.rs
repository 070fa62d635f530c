//! When the reader was last at each conversation of a site: kept in this browser, and nowhere else.

use crate::platform::{clock, prefs};
use crate::session::Session;
use afterword_core::model::Post;
use afterword_core::thread::Thread;
use afterword_core::time::Timestamp;
use afterword_core::visits::{Visit, Visits};

/// Begins a visit to a conversation, or goes on with it. `None` without a clock: then nothing is new.
pub fn begin(session: &Session, post: &Post, thread: &Thread) -> Option<Visit> {
    note(session, post, |stored, now| Visit::begin(stored, now, newest(thread)))
}

/// The reader has seen what is in the conversation by now.
pub fn go_on(session: &Session, post: &Post, thread: &Thread) {
    note(session, post, |stored, now| match stored {
        Some(stored) => stored.go_on(now, newest(thread)),
        None => Visit::begin(None, now, newest(thread)),
    });
}

fn note(session: &Session, post: &Post, visit: impl FnOnce(Option<&Visit>, Timestamp) -> Visit) -> Option<Visit> {
    let (name, key) = (format!("visits:{}", session.base().join("")), post.path().to_string());
    // Read anew each time: another tab may have written to it.
    let mut visits = prefs::get(&name).map(|text| Visits::from_text(&text)).unwrap_or_default();
    let visit = visit(visits.get(&key), clock::now_timestamp()?);
    visits.set(&key, visit);
    prefs::set(&name, &visits.to_text());
    Some(visit)
}

fn newest(thread: &Thread) -> Option<Timestamp> {
    thread.comments().iter().filter_map(|comment| comment.published).max()
}
