//! Drafts: what is written and not yet sent, as it is kept on the reader's device.
//!
//! [`Draft`] is one of them, and [`record`] its form in a database. [`settle`] decides, inside of one transaction, what
//! becomes of a text when another tab may have written at the same place; [`Keeping`] is the machine of one open composer,
//! which says when to save, and tells the reader the truth about it. Nothing here waits, stores or knows the time.
//!
//! The rule above all others: no text that somebody typed goes away because of what another tab, a slow disk or a
//! damaged record did. Where two texts meet, both are kept.

mod export;
mod keeping;
pub mod record;
mod settle;

pub use export::export;
pub use keeping::{
    CARET_DELAY_MILLIS, Effect, Elsewhere, Event, Keeping, RETRY_MILLIS_MAX, SAVE_DELAY_MILLIS, SaveState,
};
pub use settle::{Attempt, Settled, settle};

use crate::ids::PostPath;
use crate::time::Timestamp;
use crate::writing::{Place, Target, Utf16};

/// The key of a draft in the database: that of its place, or that of a copy.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DraftId(Box<str>);

/// What the key of a copy begins with. No place's does: those begin with the address of a site.
const COPY: &str = "copy ";

impl DraftId {
    /// Takes a key as it came.
    pub fn new(key: impl Into<Box<str>>) -> Self {
        Self(key.into())
    }

    /// The draft of a place.
    pub fn of(place: &Place) -> Self {
        Self(place.key().into())
    }

    /// A copy beside the draft of a place. A stamp is used once, so no two copies share an id.
    pub fn copy_of(place: &Place, stamp: Stamp) -> Self {
        Self(format!("{COPY}{stamp} {}", place.key()).into())
    }

    /// Whether this is a copy: a text that another tab's would have overwritten, or the other way round.
    pub fn is_copy(&self) -> bool {
        self.0.starts_with(COPY)
    }

    /// Whether it belongs to a post of a site.
    pub fn is_about(&self, site: &str, post: &PostPath) -> bool {
        // A place of the post whose target says nothing: all keys of the post begin as it does.
        let key = Place { site: site.to_owned(), post: post.clone(), target: Target::Thread }.key();
        let Some(start) = key.rfind(' ').map(|end| &key[..=end]) else { return false };
        let own = self.0.strip_prefix(COPY).and_then(|copy| copy.split_once(' '));
        own.map_or(&*self.0, |(_, place)| place).starts_with(start)
    }

    /// The key.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One open composer, from its opening on: a random number. Two in the same tab are two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WriterId(pub u64);

/// Which save a record comes from. No two saves share a stamp, so an unchanged stamp means an unchanged record, also
/// where it was deleted and written anew in between.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Stamp {
    /// Who saved.
    pub writer: WriterId,
    /// Their how manieth save it was, from 1.
    pub version: u32,
}

impl std::fmt::Display for Stamp {
    /// `00000000000000ff-3`
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:016x}-{}", self.writer.0, self.version)
    }
}

/// What a text area shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shown {
    /// The text.
    pub text: Utf16,
    /// Where the selection begins and ends, in units of UTF-16; the same for a caret.
    pub selection: (u32, u32),
    /// How far it is scrolled, in CSS pixels.
    pub scroll: f64,
}

/// What a draft is about, for the time when its post or the comment it answers is gone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// The title of the post; may be empty.
    pub post_title: String,
    /// Who wrote the comment that is answered; empty where none is.
    pub answered_author: String,
    /// How that comment begins, as plain text; may be empty.
    pub answered_excerpt: String,
}

/// One draft.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// Its key.
    pub id: DraftId,
    /// Where it belongs.
    pub place: Place,
    /// What that was about.
    pub context: Context,
    /// The text, with caret and scroll.
    pub shown: Shown,
    /// When the text was last changed, by its writer's clock; `None` where that stood outside of all years.
    pub modified: Option<Timestamp>,
    /// Which save it comes from.
    pub stamp: Stamp,
}

impl Draft {
    /// The text.
    pub fn text(&self) -> &Utf16 {
        &self.shown.text
    }
}

/// Why something could not be stored, or read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StorageError {
    /// The browser has no database for us.
    Missing,
    /// There is one, but it is not to be had: forbidden by a setting, or held by another page.
    Blocked,
    /// No room is left.
    Full,
    /// What is there cannot be read: damaged, or made by a newer version.
    Corrupt,
    /// It was closed under our hands, as when the reader clears the data of sites.
    Closed,
    /// Something else went wrong.
    Failed,
}

/// Drafts as they were found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listed {
    /// Those that can be read, the last changed first.
    pub drafts: Vec<Draft>,
    /// Those that cannot.
    pub damaged: Vec<Damaged>,
}

/// A record that cannot be read. It is kept as it is, and never deleted unasked.
#[derive(Clone, Debug, PartialEq)]
pub struct Damaged {
    /// Where it lies.
    pub store: record::Store,
    /// Its key.
    pub key: String,
    /// What is wrong with it.
    pub why: record::Unreadable,
    /// All of it.
    pub raw: record::Fields,
}

impl Damaged {
    /// The text in it, if something is left that looks like one.
    pub fn text(&self) -> Option<&Utf16> {
        match self.raw.get(record::TEXT) {
            Some(record::Field::Text(text)) => Some(text),
            Some(record::Field::Number(_)) | None => None,
        }
    }
}

impl Listed {
    /// Sorts out what was found in a store: the drafts of one site, the last changed first, and what cannot be read
    /// and is not surely another site's.
    pub fn of_site(
        site: &str,
        store: record::Store,
        found: impl IntoIterator<Item = (String, record::Fields)>,
    ) -> Self {
        let mut listed = Self::default();
        for (key, raw) in found {
            match record::decode(&key, &raw) {
                Ok(draft) if draft.place.site == site => listed.drafts.push(draft),
                Ok(_) => {}
                Err(why) => {
                    if record::site(&raw).is_none_or(|of| of == site) {
                        listed.damaged.push(Damaged { store, key, why, raw });
                    }
                }
            }
        }
        listed.drafts.sort_by(|a, b| b.modified.cmp(&a.modified).then_with(|| a.id.cmp(&b.id)));
        listed
    }
}
