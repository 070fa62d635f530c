//! All that Afterword keeps in a browser, and how it is forgotten.

use super::{Listed, StorageError};
use crate::platform::database::{self, Fields, Store, peek};
use crate::platform::prefs;
use afterword_core::draft::{Damaged, record};

/// What there is on this device, of all sites of this origin.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stored {
    /// Drafts, and records that cannot be read.
    pub drafts: Listed,
    /// What is being sent, as it is stored: it holds names and e-mail addresses until it is sent.
    pub outbox: Vec<(String, Fields)>,
    /// Small choices: order, layout, who is muted, when the reader was last here, and a remembered name.
    pub choices: Vec<StoredChoice>,
    /// Why the database could not be looked into, if it could not.
    pub error: Option<StorageError>,
}

/// A small choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredChoice {
    /// Its name, for example `order:https://small.example/`.
    pub name: String,
    /// Its value.
    pub value: String,
}

impl Stored {
    /// Whether there is nothing at all.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

pub(super) async fn stored() -> Stored {
    let choices = prefs::all().into_iter().map(|(name, value)| StoredChoice { name, value }).collect();
    let mut stored = Stored { choices, ..Stored::default() };
    // Looking must not make a database.
    if peek::keys(Store::Drafts).await.is_some() {
        match read().await {
            Ok((drafts, outbox)) => (stored.drafts, stored.outbox) = (drafts, outbox),
            Err(error) => stored.error = Some(error),
        }
    }
    stored
}

async fn read() -> Result<(Listed, Vec<(String, Fields)>), StorageError> {
    let database = database::open().await?;
    let mut listed = Listed::default();
    for store in [Store::Drafts, Store::Aside] {
        for (key, raw) in database.all(store).await? {
            match record::decode(&key, &raw) {
                Ok(draft) => listed.drafts.push(draft),
                Err(why) => listed.damaged.push(Damaged { store, key, why, raw }),
            }
        }
    }
    Ok((listed, database.all(Store::Outbox).await?))
}

pub(super) async fn forget() -> Result<(), StorageError> {
    for (name, _) in prefs::all() {
        prefs::forget(&name);
    }
    match database::delete().await {
        // Where nothing can be stored, nothing is.
        Err(StorageError::Missing) => Ok(()),
        deleted => deleted,
    }
}
