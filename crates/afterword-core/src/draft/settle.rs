//! What becomes of a text when it is to be saved, given what lies at its place by then.

use super::record::{self, Change, Fields, Store};
use super::{Context, Draft, DraftId, Shown, Stamp};
use crate::time::Timestamp;
use crate::writing::Place;

/// A composer's wish to save.
#[derive(Clone, Debug, PartialEq)]
pub struct Attempt {
    /// Where: the draft of the place, or the copy that this composer writes.
    pub id: DraftId,
    /// The place.
    pub place: Place,
    /// What it is about.
    pub context: Context,
    /// The text.
    pub shown: Shown,
    /// When it was last changed.
    pub modified: Option<Timestamp>,
    /// The stamp of this save.
    pub stamp: Stamp,
    /// Which save the text began with or was last stored by; `None` where nothing was stored, as far as the composer knows.
    pub base: Option<Stamp>,
    /// Whether the words were changed since; else only caret and scroll.
    pub words_changed: bool,
}

impl Attempt {
    fn draft(&self, id: DraftId) -> Draft {
        Draft {
            id,
            place: self.place.clone(),
            context: self.context.clone(),
            shown: self.shown.clone(),
            modified: self.modified,
            stamp: self.stamp,
        }
    }
}

/// What became of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Settled {
    /// It is the draft of its place now.
    Written(Draft),
    /// It was emptied, and so the draft is gone.
    Removed,
    /// It was empty, and there was none.
    Nothing,
    /// Another tab has saved the same text.
    Adopted(Draft),
    /// Another tab has saved a text, and there were no words here to keep: that one is shown.
    Followed(Draft),
    /// Another tab has saved another text. That stays, and this one is a copy beside it.
    Parted(Draft),
}

/// Decides, inside of a transaction, between what is stored under an attempt's id and the attempt.
pub fn settle(stored: Option<&Draft>, attempt: &Attempt) -> Settled {
    let empty = attempt.shown.text.0.is_empty();
    match stored {
        None if empty => Settled::Nothing,
        // New; or deleted meanwhile by another tab or a browser that was cleared, and there are words here.
        None => Settled::Written(attempt.draft(attempt.id.clone())),
        // A save that was given up, and comes through after the one that took its place.
        Some(stored) if stored.stamp.writer == attempt.stamp.writer && stored.stamp.version > attempt.stamp.version => {
            Settled::Adopted(stored.clone())
        }
        // A save that was given up may have come through after all: what has our own mark is ours.
        Some(stored) if attempt.base == Some(stored.stamp) || stored.stamp.writer == attempt.stamp.writer => {
            if empty {
                Settled::Removed
            } else {
                Settled::Written(attempt.draft(attempt.id.clone()))
            }
        }
        Some(stored) if stored.shown.text == attempt.shown.text => Settled::Adopted(stored.clone()),
        Some(stored) if empty || !attempt.words_changed => Settled::Followed(stored.clone()),
        Some(_) => Settled::Parted(attempt.draft(DraftId::copy_of(&attempt.place, attempt.stamp))),
    }
}

impl Settled {
    /// What is to be written for an attempt.
    pub fn change(&self, attempt: &Attempt) -> Change {
        match self {
            Self::Written(draft) | Self::Parted(draft) => Change {
                puts: vec![(Store::Drafts, draft.id.as_str().to_owned(), record::encode(draft))],
                deletes: Vec::new(),
            },
            Self::Removed => {
                Change { puts: Vec::new(), deletes: vec![(Store::Drafts, attempt.id.as_str().to_owned())] }
            }
            Self::Nothing | Self::Adopted(_) | Self::Followed(_) => Change::default(),
        }
    }
}

impl Attempt {
    /// Decides as [`settle`] does, given the raw record that is stored under the attempt's id. One that cannot be read is
    /// kept aside as it is, under a key of its own, and makes room.
    pub fn settle_raw(&self, stored: Option<&Fields>) -> (Settled, Change) {
        let decoded = stored.map(|raw| record::decode(self.id.as_str(), raw).map_err(|_| raw));
        match decoded {
            None => self.settled(None),
            Some(Ok(draft)) => self.settled(Some(&draft)),
            Some(Err(raw)) => {
                let (settled, mut change) = self.settled(None);
                // With nothing to write, it can stay where it is.
                if settled != Settled::Nothing {
                    let key = format!("{} {}", self.stamp, self.id.as_str());
                    change.puts.push((Store::Aside, key, raw.clone()));
                }
                (settled, change)
            }
        }
    }

    fn settled(&self, stored: Option<&Draft>) -> (Settled, Change) {
        let settled = settle(stored, self);
        let change = settled.change(self);
        (settled, change)
    }
}
