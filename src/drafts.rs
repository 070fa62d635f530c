//! Drafts in the browser: what an open composer tells and hears, and the list of all that is kept on this device.
//!
//! What is decided stands in `afterword_core::draft`; here it is done. [`Keeper`] belongs to one open composer, [`Drafts`]
//! to the page. What was typed outlives its composer until it is on the disk.

mod keeper;
mod stored;

pub use afterword_core::draft::{
    Context, Damaged, Draft, DraftId, Elsewhere, Listed, SaveState, Shown, Stamp, StorageError, WriterId,
};
pub use keeper::{Keeper, Restored};
pub use stored::{Stored, StoredChoice};

use crate::platform::database::{self, Change, Fields, Store, channel::Channel, peek};
use crate::platform::{listener::Listener, page, random};
use afterword_core::draft::{Event, export, record};
use afterword_core::ids::PostPath;
use afterword_core::writing::Place;
use keeper::Composer;
use leptos::prelude::*;
use std::cell::RefCell;
use std::rc::{Rc, Weak};

/// The channel on which tabs tell each other what they wrote.
const CHANNEL: &str = "afterword:drafts";
/// What is said there: one of these words, and where it is about one draft, a space and its id.
const CHANGED: &str = "changed";
const REMOVED: &str = "removed";
const FORGOTTEN: &str = "forgotten";

/// Where a draft that is listed may lie.
const DISCARDED_FROM: [Store; 2] = [Store::Drafts, Store::Aside];

/// The drafts of a site, as one page has them; a copy is a handle.
#[derive(Clone, Copy)]
pub struct Drafts {
    shared: StoredValue<Rc<Shared>, LocalStorage>,
}

/// What all composers of a page share.
pub(crate) struct Shared {
    site: String,
    /// Composers that are open, and closed ones that have words to save.
    composers: RefCell<Vec<Rc<Composer>>>,
    channel: Option<Channel>,
    listeners: RefCell<Vec<Listener>>,
}

/// Whether there is a draft for a post. Makes no database where there is none.
pub async fn any_for(site: &str, post: &PostPath) -> bool {
    let keys = peek::keys(Store::Drafts).await.unwrap_or_default();
    keys.into_iter().any(|key| DraftId::new(key).is_about(site, post))
}

impl Drafts {
    /// The drafts of a site, given by its absolute address. To be called once for a page, with an owner that lasts as long
    /// as the page does.
    pub fn open(site: String) -> Self {
        let shared = Rc::new_cyclic(|shared: &Weak<Shared>| {
            let listening = shared.clone();
            let heard = move |message: &str| {
                if let Some(shared) = listening.upgrade() {
                    shared.hear(message);
                }
            };
            let channel = Channel::join(CHANNEL, heard);
            Shared { site, composers: RefCell::default(), channel, listeners: RefCell::default() }
        });
        let on = |event: Event| {
            let shared = Rc::downgrade(&shared);
            move || {
                if let Some(shared) = shared.upgrade() {
                    shared.tell_all(&event);
                }
            }
        };
        let (leaving, coming) = (on(Event::Flushed), on(Event::Told));
        let seen = page::on_visibility(move |visible| if visible { coming() } else { leaving() });
        let mut listeners: Vec<Listener> = seen.into_iter().collect();
        // Tabs that were put away whole, and come back, have heard nothing meanwhile.
        listeners.extend(page::on_window("pageshow", on(Event::Told)));
        listeners.extend(page::on_window("pagehide", on(Event::Flushed)));
        listeners.extend(page::on_window("blur", on(Event::Flushed)));
        shared.listeners.replace(listeners);
        Self { shared: StoredValue::new_local(shared) }
    }

    fn shared(&self) -> Option<Rc<Shared>> {
        self.shared.try_with_value(Rc::clone)
    }

    /// The drafts of a post, copies included, the last changed first; and records of it that cannot be read.
    pub async fn of_post(&self, post: &PostPath) -> Listed {
        let mut listed = self.all().await;
        listed.drafts.retain(|draft| draft.place.post == *post);
        let path = post.to_string();
        listed.damaged.retain(|damaged| record::text(&damaged.raw, "post").is_ok_and(|of| of.to_text() == path));
        listed
    }

    /// All drafts of the site, the last changed first, and all that cannot be read. Nothing where storage is not to be had:
    /// the state of any open composer tells why.
    pub async fn all(&self) -> Listed {
        match self.shared() {
            Some(shared) => shared.all().await.unwrap_or_default(),
            None => Listed::default(),
        }
    }

    /// Begins to keep what is written at a place. [`Keeper::restore`] gives what was kept before.
    pub fn keep(&self, place: Place, context: Context) -> Keeper {
        let shared = self.shared().unwrap_or_else(|| Rc::new(Shared::alone(place.site.clone())));
        Keeper::open(&shared, place, context)
    }

    /// Deletes a draft, whoever wrote it; gives it, for [`Self::put_back`]. `None` where it is gone already, or cannot be
    /// deleted now. One that cannot be read is put aside.
    pub async fn discard(&self, id: &DraftId) -> Option<Draft> {
        let found: Rc<RefCell<Option<Draft>>> = Rc::default();
        let (key, out) = (id.as_str().to_owned(), Rc::clone(&found));
        let decide = move |stored: Vec<Option<Fields>>| {
            let mut change = Change::default();
            for (store, raw) in DISCARDED_FROM.into_iter().zip(stored) {
                let Some(raw) = raw else { continue };
                match record::decode(&key, &raw) {
                    Ok(draft) => drop(out.replace(Some(draft))),
                    Err(_) if store == Store::Aside => continue,
                    Err(_) => change.puts.push((Store::Aside, format!("{} {key}", new_stamp()), raw)),
                }
                change.deletes.push((store, key.clone()));
            }
            change
        };
        let database = database::open().await.ok()?;
        let keys = DISCARDED_FROM.map(|store| (store, id.as_str()));
        database.update_many(&keys, decide).await.ok()?;
        self.removed(id);
        found.take()
    }

    /// Deletes a record that cannot be read, because the reader wants it gone.
    ///
    /// # Errors
    /// [`StorageError`]; then it is still there.
    pub async fn discard_damaged(&self, damaged: &Damaged) -> Result<(), StorageError> {
        let (store, key) = (damaged.store, damaged.key.clone());
        let decide = move |_| Change { puts: Vec::new(), deletes: vec![(store, key)] };
        database::open().await?.update(damaged.store, &damaged.key, decide).await
    }

    /// Tells all composers, in this tab and others, that a draft was deleted: whoever shows it, and has nothing of their own,
    /// shows it no more. For the outbox, which deletes what was sent in a transaction of its own.
    pub fn removed(&self, id: &DraftId) {
        if let Some(shared) = self.shared() {
            shared.tell(REMOVED, id, None);
        }
    }

    /// Undoes [`Self::discard`]. If something else was written at its place meanwhile, it comes back as a copy.
    ///
    /// # Errors
    /// [`StorageError`]; then it is not back.
    pub async fn put_back(&self, draft: Draft) -> Result<(), StorageError> {
        // A stamp of its own: composers must not take it for what they have written themselves.
        let draft = Draft { stamp: new_stamp(), ..draft };
        let id = draft.id.clone();
        let decide = move |stored: Option<Fields>| {
            let mut draft = draft;
            if let Some(raw) = stored {
                if record::text(&raw, record::TEXT) == Ok(draft.text()) {
                    return Change::default();
                }
                draft.id = DraftId::copy_of(&draft.place, draft.stamp);
            }
            let put = (Store::Drafts, draft.id.as_str().to_owned(), record::encode(&draft));
            Change { puts: vec![put], deletes: Vec::new() }
        };
        let database = database::open().await?;
        database.update(Store::Drafts, id.as_str(), decide).await?;
        if let Some(shared) = self.shared() {
            shared.tell(CHANGED, &id, None);
        }
        Ok(())
    }

    /// All drafts of the site as JSON, with what cannot be read as it is: a file to keep elsewhere.
    pub async fn export(&self) -> String {
        export(&self.all().await)
    }

    /// All that Afterword keeps in this browser for sites of this origin.
    pub async fn stored(&self) -> Stored {
        stored::stored().await
    }

    /// Deletes all that [`Self::stored`] tells of, and what open composers show, in this tab and others.
    ///
    /// # Errors
    /// [`StorageError`] where the database could not be deleted; all else is gone then.
    pub async fn forget_everything(&self) -> Result<(), StorageError> {
        if let Some(shared) = self.shared() {
            shared.tell_all(&Event::Forgotten);
            if let Some(channel) = &shared.channel {
                channel.say(FORGOTTEN);
            }
        }
        stored::forget().await
    }
}

impl Shared {
    /// For a page that has been left already.
    fn alone(site: String) -> Self {
        Self { site, composers: RefCell::default(), channel: None, listeners: RefCell::default() }
    }

    pub(crate) async fn all(&self) -> Result<Listed, StorageError> {
        // Who only reads gets no database.
        if !database::is_open() && peek::keys(Store::Drafts).await.is_none() {
            return Ok(Listed::default());
        }
        let database = database::open().await?;
        let mut listed = Listed::of_site(&self.site, Store::Drafts, database.all(Store::Drafts).await?);
        let aside = Listed::of_site(&self.site, Store::Aside, database.all(Store::Aside).await?);
        // What lies aside may be readable: by a version that knows more than the one that put it there.
        listed.drafts.extend(aside.drafts);
        listed.damaged.extend(aside.damaged);
        Ok(listed)
    }

    /// Tells all tabs, and the composers of this one but `not`, what became of a draft.
    pub(crate) fn tell(&self, word: &str, id: &DraftId, not: Option<&Rc<Composer>>) {
        if let Some(channel) = &self.channel {
            channel.say(&format!("{word} {}", id.as_str()));
        }
        self.spread(word, id.as_str(), not);
    }

    fn hear(&self, message: &str) {
        match message.split_once(' ') {
            Some((word, id)) => self.spread(word, id, None),
            None if message == FORGOTTEN => self.tell_all(&Event::Forgotten),
            None => {}
        }
    }

    fn spread(&self, word: &str, id: &str, not: Option<&Rc<Composer>>) {
        let event = match word {
            CHANGED => Event::Told,
            REMOVED => Event::ToldRemoved,
            // Said by a newer version.
            _ => return,
        };
        for composer in self.composers() {
            let same = not.is_some_and(|not| Rc::ptr_eq(not, &composer));
            if !same && composer.shows(id) {
                composer.run(event.clone());
            }
        }
    }

    fn tell_all(&self, event: &Event) {
        for composer in self.composers() {
            composer.run(event.clone());
        }
    }

    /// A list of its own, since whoever is told something may change it.
    fn composers(&self) -> Vec<Rc<Composer>> {
        self.composers.borrow().clone()
    }
}

/// A stamp for what is written by no composer.
fn new_stamp() -> Stamp {
    Stamp { writer: WriterId(random::number()), version: 1 }
}
