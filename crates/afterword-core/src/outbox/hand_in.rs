//! Handing a letter in: the moment somebody presses "Send", maybe twice, maybe in two tabs.

use super::{Entry, EntryId, Event, State, on_event};
use crate::ids::CommentId;
use crate::writing::Letter;

/// The key of a letter's entry: its place, and a number made of its text and name. The same letter has the same key, in
/// whichever tab it is sent, and so it is sent once.
pub fn entry_id(letter: &Letter) -> EntryId {
    let hash = letter.text.0.iter().copied().chain([0]).chain(letter.writer.name.encode_utf16());
    let hash = hash.flat_map(u16::to_le_bytes).fold(FNV_START, |hash, byte| {
        // FNV-1a, which is the same everywhere.
        (hash ^ u64::from(byte)).wrapping_mul(FNV_PRIME)
    });
    EntryId(format!("{} {hash:016x}", letter.place.key()))
}

const FNV_START: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0000_0100_0000_01b3;

impl Entry {
    /// A letter that is handed in at this time (milliseconds since 1970), with what [`Entry`] says of each.
    pub fn new(
        letter: Letter,
        answered: String,
        draft_id: Option<String>,
        edit_seconds: u32,
        known: Option<Vec<CommentId>>,
        now: i64,
    ) -> Self {
        let (id, state) = (entry_id(&letter), State::Queued { due: now, why: None });
        Self {
            id,
            letter,
            answered,
            draft_id,
            created: now,
            edit_seconds,
            known,
            attempt: 0,
            delays: 0,
            look: 0,
            state,
        }
    }
}

/// What is to be stored when a letter is handed in and the entry of its key may be there already; `None` if that stays
/// as it is. The same letter is under way only once; one that was refused, or is asked about, is sent again.
pub fn hand_in(stored: Option<Entry>, fresh: Entry, now: i64) -> Option<Entry> {
    let Some(stored) = stored else { return Some(fresh) };
    match stored.state {
        State::Rejected(_) => Some(Entry {
            // Late answers to earlier requests are told apart by their numbers.
            attempt: stored.attempt,
            look: stored.look,
            known: stored.known,
            ..fresh
        }),
        State::Queued { .. } | State::MaybeSent(_) => {
            let (next, effects) = on_event(stored, Event::AskedAgain, now, 0.0);
            (!effects.is_empty()).then_some(next)
        }
        State::Sending { .. } | State::Published { .. } | State::Held { .. } => None,
    }
}
