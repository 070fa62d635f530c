//! What keeps the text of one open composer.

use super::{CHANGED, Context, Draft, DraftId, REMOVED, SaveState, Shared, Shown, StorageError, WriterId};
use crate::platform::database::{self, Change, Fields, Store};
use crate::platform::{clock, listener::Timer, random, spawn::spawn};
use afterword_core::draft::{Attempt, Effect, Event, Keeping, Settled, record};
use afterword_core::writing::{Place, Utf16};
use futures::channel::oneshot;
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// What a composer begins with.
#[derive(Clone, Debug, PartialEq)]
pub struct Restored {
    /// The text; empty where nothing was kept.
    pub text: Utf16,
    /// The selection, in units of UTF-16.
    pub selection: (u32, u32),
    /// How far it was scrolled, in CSS pixels.
    pub scroll: f64,
    /// Copies of other texts for the same place, the last changed first: what two tabs have written at once.
    pub copies: Vec<Draft>,
}

/// Keeps the text of one open composer; a clone is a handle to the same. When the last is dropped, what is not saved yet is
/// saved.
#[derive(Clone)]
pub struct Keeper(Rc<Handle>);

struct Handle(Rc<Composer>);

/// One composer, and the machine that decides for it.
pub(crate) struct Composer {
    shared: Rc<Shared>,
    machine: RefCell<Keeping>,
    timer: RefCell<Option<Timer>>,
    /// Those who wait for the text that is kept.
    waiting: RefCell<Vec<oneshot::Sender<()>>>,
    /// Whether somebody has it open.
    held: Cell<bool>,
    said: Cell<RwSignal<SaveState>>,
    replaced: Cell<RwSignal<Option<Shown>>>,
}

impl Keeper {
    pub(super) fn open(shared: &Rc<Shared>, place: Place, context: Context) -> Self {
        let waits = |composer: &Rc<Composer>| !composer.held.get() && *composer.machine.borrow().place() == place;
        // One that was closed with words that are not on the disk yet goes on.
        let orphan = shared.composers().into_iter().find(waits);
        let composer = orphan.unwrap_or_else(|| {
            let machine = Keeping::new(WriterId(random::number()), place, context);
            let composer = Rc::new(Composer {
                shared: Rc::clone(shared),
                machine: RefCell::new(machine),
                timer: RefCell::default(),
                waiting: RefCell::default(),
                held: Cell::new(false),
                said: Cell::new(RwSignal::new(SaveState::Empty)),
                replaced: Cell::new(RwSignal::new(None)),
            });
            shared.composers.borrow_mut().push(Rc::clone(&composer));
            composer
        });
        composer.held.set(true);
        // Signals of the one who asks now: those of a closed composer are gone with it.
        composer.said.set(RwSignal::new(composer.machine.borrow().state()));
        composer.replaced.set(RwSignal::new(None));
        Self(Rc::new(Handle(composer)))
    }

    fn composer(&self) -> &Rc<Composer> {
        &self.0.0
    }

    /// Reads what was kept, waiting for the database at most some seconds. Best called before anything is typed: what was
    /// typed before it comes back stays, and what was kept is among the copies then.
    pub async fn restore(&self) -> Restored {
        let composer = Rc::clone(self.composer());
        if !composer.machine.borrow().is_opened() {
            let (sender, receiver) = oneshot::channel();
            composer.waiting.borrow_mut().push(sender);
            composer.run(Event::Opened);
            // It is answered or dropped, and both mean that reading has ended.
            let _ = receiver.await;
        }
        let copies = composer.copies().await;
        let machine = composer.machine.borrow();
        let Shown { text, selection, scroll } = machine.shown().clone();
        Restored { text, selection, scroll, copies }
    }

    /// The text, the selection or the scroll position is now this. Cheap; saving happens beside.
    pub fn edited(&self, text: Utf16, selection: (u32, u32), scroll: f64) {
        self.composer().run(Event::Edited(Shown { text, selection, scroll }));
    }

    /// Saves at once what is not saved.
    pub fn flush(&self) {
        self.composer().run(Event::Flushed);
    }

    /// What the reader is to be told of their text.
    pub fn state(&self) -> ReadSignal<SaveState> {
        self.composer().said.get().read_only()
    }

    /// The text that is to be shown instead of the one that is: another tab has changed the draft, and nothing was typed here
    /// that this would lose. `None` before that happens.
    pub fn replaced(&self) -> ReadSignal<Option<Shown>> {
        self.composer().replaced.get().read_only()
    }

    /// Where the text is kept. It changes when another tab writes another text at the same place: this one is a copy then.
    pub fn draft_id(&self) -> DraftId {
        self.composer().machine.borrow().id().clone()
    }

    /// Throws the text away, and gives it, for [`super::Drafts::put_back`]; `None` where there was none. A text that
    /// another tab has saved meanwhile stays. Comes back when it is gone from the disk, or could not be deleted.
    pub async fn discard(&self) -> Option<Draft> {
        let composer = Rc::clone(self.composer());
        let draft = composer.machine.borrow().draft();
        composer.run(Event::Discarded);
        composer.settled().await;
        draft
    }

    /// Saves what is not saved, and comes back when it is on the disk, or could not be put there: see [`Self::state`].
    pub async fn settle(&self) {
        let composer = Rc::clone(self.composer());
        composer.run(Event::Flushed);
        composer.settled().await;
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.0.held.set(false);
        self.0.run(Event::Flushed);
    }
}

impl Composer {
    pub(super) fn shows(&self, id: &str) -> bool {
        self.machine.borrow().id().as_str() == id
    }

    /// Tells the machine what happened, and does what it wants done.
    pub(super) fn run(self: &Rc<Self>, event: Event) {
        let effects = self.machine.borrow_mut().on_event(event, clock::now_millis());
        let state = self.machine.borrow().state();
        // A composer that is closed has no signals any more.
        if self.said.get().try_get_untracked().is_some_and(|said| said != state) {
            self.said.get().try_set(state);
        }
        for effect in effects {
            self.perform(effect);
        }
        let machine = self.machine.borrow();
        if !machine.is_saving() {
            self.waiting.borrow_mut().retain(|_| !machine.is_opened());
        }
        if !self.held.get() && machine.is_settled() {
            drop(machine);
            self.timer.take();
            self.shared.composers.borrow_mut().retain(|other| !Rc::ptr_eq(other, self));
        }
    }

    fn perform(self: &Rc<Self>, effect: Effect) {
        match effect {
            Effect::Load(load, id) => {
                let composer = Rc::clone(self);
                spawn(async move {
                    let event = match read(&id).await {
                        Ok(draft) => Event::Loaded(load, draft),
                        Err(why) => Event::NotLoaded(load, why),
                    };
                    composer.run(event);
                    composer.waiting.borrow_mut().clear();
                });
            }
            Effect::Save(attempt) => {
                let composer = Rc::clone(self);
                spawn(async move {
                    let event = match save(*attempt).await {
                        Ok(settled) => Event::Saved(settled),
                        Err(why) => Event::NotSaved(why),
                    };
                    composer.run(event);
                    composer.waiting.borrow_mut().clear();
                });
            }
            Effect::Wake(millis) => {
                let composer = Rc::downgrade(self);
                let ring = move || {
                    if let Some(composer) = composer.upgrade() {
                        composer.run(Event::TimeCame);
                    }
                };
                let timer = Timer::start(i32::try_from(millis).unwrap_or(i32::MAX), ring);
                self.timer.replace(Some(timer));
            }
            Effect::Show(shown) => drop(self.replaced.get().try_set(Some(shown))),
            Effect::Tell(id) => self.shared.tell(CHANGED, &id, Some(self)),
            Effect::TellRemoved(id) => self.shared.tell(REMOVED, &id, Some(self)),
        }
    }

    /// Waits until no save is under way.
    async fn settled(&self) {
        while self.machine.borrow().is_saving() {
            let (sender, receiver) = oneshot::channel();
            self.waiting.borrow_mut().push(sender);
            let _ = receiver.await;
        }
    }

    async fn copies(&self) -> Vec<Draft> {
        let listed = self.shared.all().await.unwrap_or_default();
        let machine = self.machine.borrow();
        let other = |draft: &Draft| draft.place == *machine.place() && draft.id != *machine.id();
        listed.drafts.into_iter().filter(other).collect()
    }
}

/// The draft with this id. One that cannot be read stays where it is until something is written there, and is listed.
async fn read(id: &DraftId) -> Result<Option<Draft>, StorageError> {
    let raw = database::open().await?.get(Store::Drafts, id.as_str()).await?;
    Ok(raw.and_then(|raw| record::decode(id.as_str(), &raw).ok()))
}

async fn save(attempt: Attempt) -> Result<Settled, StorageError> {
    let outcome: Rc<RefCell<Option<Settled>>> = Rc::default();
    let (key, out) = (attempt.id.as_str().to_owned(), Rc::clone(&outcome));
    let decide = move |stored: Option<Fields>| -> Change {
        let (settled, change) = attempt.settle_raw(stored.as_ref());
        out.replace(Some(settled));
        change
    };
    database::open().await?.update(Store::Drafts, &key, decide).await?;
    outcome.take().ok_or(StorageError::Failed)
}
