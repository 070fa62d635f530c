//! Entries on disk. An event is applied to the entry as it stands there, inside one transaction, so that of two tabs one
//! comes second and sees what the first one did. Where nothing can be stored, entries live in memory: sending must go on,
//! and who writes has been told by the composer that nothing is kept.

use crate::platform::database::{self, Change, Database, Fields, StorageError, Store};
use afterword_core::draft::record::{TEXT, site, text};
use afterword_core::outbox::{Effect, Entry, EntryId, Event, decode_entry, encode_entry, hand_in, on_event};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// The entries of one site.
pub(super) struct Disk {
    site: String,
    /// Entries that no database took.
    memory: RefCell<BTreeMap<EntryId, Entry>>,
}

/// An event, and the time and the dice for it.
#[derive(Clone)]
pub(super) struct Happening {
    pub(super) event: Event,
    pub(super) now: i64,
    pub(super) random: f64,
}

/// An entry after an event, and what is left to be done.
pub(super) type Outcome = (Entry, Vec<Effect>);

impl Disk {
    pub(super) fn new(site: String) -> Self {
        Self { site, memory: RefCell::default() }
    }

    /// All entries that can be read, oldest first.
    pub(super) async fn entries(&self) -> Vec<Entry> {
        let mut entries: Vec<Entry> = self.memory.borrow().values().cloned().collect();
        entries.extend(self.stored().await.unwrap_or_default());
        entries.sort_by(|a, b| (a.created, &a.id).cmp(&(b.created, &b.id)));
        entries
    }

    async fn stored(&self) -> Result<Vec<Entry>, StorageError> {
        let records = database::open().await?.all(Store::Outbox).await?;
        let ours = records.iter().filter(|(_, fields)| site(fields).as_ref() == Some(&self.site));
        // What cannot be read is left where it is, and listed among what is stored.
        Ok(ours.filter_map(|(_, fields)| decode_entry(fields).ok()).collect())
    }

    /// Puts a new entry on disk, unless the same letter is on its way already.
    pub(super) async fn hand_in(&self, fresh: Entry, now: i64) {
        let stored = self.memory.borrow().get(&fresh.id).cloned();
        let known_in_memory = stored.is_some();
        if !known_in_memory && self.hand_in_to_database(fresh.clone(), now).await.is_ok() {
            return;
        }
        if let Some(entry) = hand_in(stored, fresh, now) {
            self.memory.borrow_mut().insert(entry.id.clone(), entry);
        }
    }

    async fn hand_in_to_database(&self, fresh: Entry, now: i64) -> Result<(), StorageError> {
        let key = fresh.id.0.clone();
        let put_at = key.clone();
        let decide = move |stored: Option<Fields>| {
            let stored = stored.and_then(|fields| decode_entry(&fields).ok());
            let puts = hand_in(stored, fresh, now).map(|entry| (Store::Outbox, put_at, encode_entry(&entry)));
            Change { puts: puts.into_iter().collect(), deletes: Vec::new() }
        };
        database::open().await?.update(Store::Outbox, &key, decide).await
    }

    /// Applies an event; `None` where the entry is gone, or the event means nothing to it.
    pub(super) async fn apply(&self, entry: &Entry, happening: Happening) -> Result<Option<Outcome>, StorageError> {
        let in_memory = self.memory.borrow().get(&entry.id).cloned();
        if let Some(known) = in_memory {
            return Ok(self.apply_in_memory(known, happening));
        }
        let database = database::open().await?;
        apply_in_database(&database, entry, happening).await
    }

    fn apply_in_memory(&self, known: Entry, happening: Happening) -> Option<Outcome> {
        let (next, effects) = on_event(known, happening.event, happening.now, happening.random);
        let mut memory = self.memory.borrow_mut();
        if effects.contains(&Effect::Forget) {
            memory.remove(&next.id);
        } else {
            memory.insert(next.id.clone(), next.clone());
        }
        (!effects.is_empty()).then_some((next, effects))
    }
}

async fn apply_in_database(
    database: &Database,
    entry: &Entry,
    happening: Happening,
) -> Result<Option<Outcome>, StorageError> {
    let outcome = Rc::new(RefCell::new(None));
    let (key, draft) = (entry.id.0.clone(), entry.draft_id.clone());
    let decide = {
        let (outcome, key) = (Rc::clone(&outcome), key.clone());
        move |found: Vec<Option<Fields>>| {
            let mut found = found.into_iter();
            let stored = found.next().flatten().and_then(|fields| decode_entry(&fields).ok());
            let Some(stored) = stored else { return Change::default() };
            let (next, effects) = on_event(stored, happening.event, happening.now, happening.random);
            let change = change(&key, &next, &effects, found.next().flatten());
            outcome.replace(Some((next, effects)));
            change
        }
    };
    let mut keys = vec![(Store::Outbox, key.as_str())];
    keys.extend(draft.as_deref().map(|draft| (Store::Drafts, draft)));
    database.update_many(&keys, decide).await?;
    let outcome = outcome.borrow_mut().take();
    Ok(outcome.filter(|(_, effects): &Outcome| !effects.is_empty()))
}

/// What is written for the effects of an event. `draft` is the draft of the entry as it stands on disk.
fn change(key: &str, next: &Entry, effects: &[Effect], draft: Option<Fields>) -> Change {
    let mut change = Change::default();
    if effects.contains(&Effect::Forget) {
        change.deletes.push((Store::Outbox, key.to_owned()));
    } else if effects.contains(&Effect::Store) {
        change.puts.push((Store::Outbox, key.to_owned(), encode_entry(next)));
    }
    // A draft that says something else was written on, and is no copy of what was sent.
    let is_sent = draft.is_some_and(|draft| text(&draft, TEXT).is_ok_and(|text| *text == next.letter.text));
    if effects.contains(&Effect::DeleteDraft)
        && is_sent
        && let Some(draft) = &next.draft_id
    {
        change.deletes.push((Store::Drafts, draft.clone()));
    }
    change
}
