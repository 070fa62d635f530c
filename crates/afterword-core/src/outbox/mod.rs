//! The outbox: what becomes of a letter from the press on "Send" to the comment in the thread.
//!
//! An entry is on disk before its request goes out. Everything that can happen to it is a [`State`] that its writer sees,
//! and [`on_event`] is the one place where a state becomes another. It knows no clock, no disk and no network: events go
//! in, the entry and what is to be done ([`Effect`]) come out. Whoever runs it applies each event to the entry as it
//! stands on disk, inside one transaction, so that of several tabs only one sends.
//!
//! What never happens: a letter is sent again by itself although it may have been stored; the draft of a letter goes
//! away before a back end has taken it.

mod hand_in;
mod machine;
mod record;
mod retry_after;
mod waits;

pub use hand_in::{entry_id, hand_in};
pub use machine::on_event;
pub use record::{decode_entry, encode_entry};
pub use retry_after::parse_retry_after;
pub use waits::{
    ASKED_LOOK_MILLIS, LEASE_MILLIS, LOOK_LEASE_MILLIS, LOOK_WAITS_MILLIS, MISSES_MAX, PUBLISHED_KEPT_MILLIS,
    RETRY_AFTER_MAX_SECONDS, SEND_MILLIS_MAX,
};

use crate::ids::CommentId;
use crate::model::Comment;
use crate::writing::{Answer, Delay, Letter, Refusal, TabId, Unclear};

/// The key of an entry: any string that no other entry has.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntryId(pub String);

/// A letter on its way.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its key.
    pub id: EntryId,
    /// What is sent. The e-mail address goes away once a back end has taken it.
    pub letter: Letter,
    /// The name of whoever wrote the comment that it answers; empty where there is none.
    pub answered: String,
    /// The draft that it was written in: it stays until the letter has been taken.
    pub draft_id: Option<String>,
    /// When it was handed in: milliseconds since 1970 by the clock of its writer, as all times here.
    pub created: i64,
    /// For how long the comment can be changed once it is published, in seconds; 0 for not at all.
    pub edit_seconds: u32,
    /// The comments that stood in the thread before and look like this one; `None` if the thread was not known then.
    pub known: Option<Vec<CommentId>>,
    /// How often it was sent; also the number of the last request.
    pub attempt: u32,
    /// How often in a row a back end did not take it now, which makes waits longer.
    pub delays: u32,
    /// How often the thread was read back for it; also the number of the last look.
    pub look: u32,
    /// Where it is now.
    pub state: State,
}

/// Where a letter is.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    /// It waits to be sent. Surely no back end has it.
    Queued {
        /// Not before this time.
        due: i64,
        /// Why it waits; `None` if it only waits for its turn.
        why: Option<Delay>,
    },
    /// A request is under way.
    Sending {
        /// The page that sends.
        tab: TabId,
        /// When that page has given up at the latest.
        until: i64,
    },
    /// Nobody knows whether a back end has it. We look, and then ask.
    MaybeSent(Doubt),
    /// Everybody can read it. The entry stays for a while, so that the comment can be changed or deleted.
    Published {
        /// The comment.
        id: CommentId,
        /// Until when the entry is kept.
        until: i64,
        /// Whether the comment can be changed and deleted until then.
        editable: bool,
    },
    /// Taken, and shown once somebody has approved it. It stays until it shows up, or its writer has seen enough of it.
    Held {
        /// The comment, if the back end has told.
        id: Option<CommentId>,
    },
    /// Not taken. Its text is its writer's again.
    Rejected(Refusal),
}

/// What is known of a letter that may have been stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Doubt {
    /// Where the doubt comes from.
    pub cause: Cause,
    /// How often the thread was read back and it was not there.
    pub absences: u32,
    /// How often in a row the thread could not be read.
    pub misses: u32,
    /// When to look next.
    pub due: i64,
    /// What its writer is asked.
    pub question: Option<Question>,
    /// Whether its writer wants it sent again if it is still not there.
    pub again: bool,
}

/// Why nobody knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The request was not answered as it should.
    Unclear(Unclear),
    /// It was refused as a double: of what somebody wrote before, or of itself, if a request went out twice.
    Duplicate,
}

/// What the writer is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// We have looked often enough, and it is not there. Send again?
    NotFound,
    /// The thread cannot be read. We go on trying; what to do?
    Unreadable,
}

/// What has happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A page may do now what is due: it was opened, the time has come, another letter is done.
    TurnCame {
        /// The page.
        tab: TabId,
        /// Whether it is certain that no other page sends at this time. Then a request that another page began has
        /// ended with that page.
        alone: bool,
        /// Whether the browser has a connection, as far as it knows.
        online: bool,
    },
    /// The browser has a connection again.
    CameOnline,
    /// The request of this number was answered, or broke.
    Answered {
        /// [`Entry::attempt`] at the time it was sent.
        attempt: u32,
        /// What came of it.
        answer: Answer,
    },
    /// The thread was read back, or could not be.
    ReadBack {
        /// [`Entry::look`] at the time the look began.
        look: u32,
        /// What was seen.
        sight: Sight,
    },
    /// Its writer wants it sent now, or again; where the thread could not be read, wants us to look now.
    AskedAgain,
    /// Its writer has seen it in the thread.
    MarkedSent,
    /// Its writer takes it back.
    Withdrawn,
    /// Its writer has read what there is to say.
    Dismissed,
    /// It stands in the thread now: seen while the thread was read for other reasons.
    ShownUp(CommentId),
}

/// What was seen when the thread was read back.
#[derive(Clone, Debug, PartialEq)]
pub enum Sight {
    /// The comment.
    Found(Box<Comment>),
    /// All of the thread, and the comment is not in it.
    NotFound,
    /// The thread could not be read.
    Unreadable,
}

/// What is to be done. The first three belong into the transaction in which the event was applied; the others come
/// after it is complete.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Put the entry on disk.
    Store,
    /// Take the entry off the disk.
    Forget,
    /// Delete the draft, if it holds just what was sent: what was typed since then stays.
    DeleteDraft,
    /// Send the letter, as request number [`Entry::attempt`].
    Send,
    /// Read the thread back, as look number [`Entry::look`].
    ReadBack,
    /// Say [`Event::TurnCame`] at this time.
    WakeAt(i64),
    /// Give the text back to its writer.
    ReturnText,
    /// Show the comment as its back end has it.
    Show(Box<Comment>),
}
