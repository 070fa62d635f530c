//! The handle by which the rest of the app uses the outbox.

use super::disk::Disk;
use super::errand;
use crate::conversation::Conversation;
use crate::platform::database::StorageError;
use crate::platform::database::channel::Channel;
use crate::platform::listener::{Listener, Timer};
use crate::platform::{clock, page, random, spawn::spawn, tabs};
use afterword_adapters::back_end::Live;
use afterword_core::ids::{CommentId, PostPath};
use afterword_core::model::Comment;
use afterword_core::outbox::{Effect, Entry, EntryId, Event, State};
use afterword_core::reconcile::{look_alikes, shown_up};
use afterword_core::thread::Thread;
use afterword_core::writing::{Letter, TabId, Target};
use leptos::prelude::*;
use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;

/// A back end has taken a letter.
#[derive(Clone, Debug, PartialEq)]
pub struct News {
    /// Where.
    pub post: PostPath,
    /// The comment; `None` where it has yet to be approved, or cannot be had now.
    pub comment: Option<Comment>,
}

/// The outbox of a site; a copy is a handle. It lives as long as the page, whichever conversation is shown.
#[derive(Clone, Copy)]
pub struct Outbox {
    pub(super) entries: RwSignal<Vec<Entry>>,
    pub(super) clockwork: StoredValue<Clockwork, LocalStorage>,
}

/// Is told when a back end has taken a letter.
type Heard = Rc<dyn Fn(&News)>;

/// What changes.
pub(super) struct Clockwork {
    shared: Rc<Shared>,
    pub(super) running: bool,
    pub(super) once_more: bool,
    pub(super) timer: Option<Timer>,
    conversation: Option<Conversation>,
    heard: Option<Heard>,
    /// The entries that this page was told the comments of.
    pub(super) told: Vec<EntryId>,
    channel: Option<Channel>,
    _listeners: Vec<Listener>,
}

/// What stays.
pub(super) struct Shared {
    pub(super) site: String,
    pub(super) live: Live,
    pub(super) tab: TabId,
    pub(super) disk: Disk,
}

thread_local! {
    /// The outbox of this page.
    static OPEN: Cell<Option<Outbox>> = const { Cell::new(None) };
}

impl Outbox {
    /// The outbox of the site that a conversation is on, which is told that this conversation is shown now; `None` where
    /// the site has no server to send to. Entries that are there already are attended to from the first call on.
    pub fn of(conversation: Conversation) -> Option<Self> {
        let outbox = match OPEN.get() {
            Some(open) => open,
            None => {
                let open = Self::open(conversation)?;
                OPEN.set(Some(open));
                open
            }
        };
        outbox.clockwork.try_update_value(|inner| inner.conversation = Some(conversation));
        Some(outbox)
    }

    fn open(conversation: Conversation) -> Option<Self> {
        let session = conversation.session();
        let described = session.site();
        let site = session.base().join("");
        // A copy of the site at another address, to look at before it is published, has the same conversations.
        let home = described.url.clone().unwrap_or_else(|| site.clone());
        let live = Live::new(&described.back_end, &home)?;
        let disk = Disk::new(site.clone());
        let shared = Rc::new(Shared { site, live, tab: TabId(random::number()), disk });
        let clockwork = Clockwork {
            shared,
            running: false,
            once_more: false,
            timer: None,
            conversation: None,
            heard: None,
            told: Vec::new(),
            channel: None,
            _listeners: Vec::new(),
        };
        let make = || Self { entries: RwSignal::new(Vec::new()), clockwork: StoredValue::new_local(clockwork) };
        // It belongs to the page and not to the conversation in which it is first wanted.
        let mut owner = conversation.owner();
        while let Some(above) = owner.as_ref().and_then(Owner::parent) {
            owner = Some(above);
        }
        let outbox = match owner {
            Some(owner) => owner.with(make),
            None => make(),
        };
        outbox.listen();
        outbox.go_round();
        Some(outbox)
    }

    fn listen(&self) {
        let outbox = *self;
        let connected = tabs::on_connection(move |online| {
            if online {
                outbox.let_all_happen(Event::CameOnline);
            } else {
                outbox.go_round();
            }
        });
        // A page in the background has slow clocks.
        let seen = page::on_visibility(move |visible| {
            if visible {
                outbox.go_round();
            }
        });
        let heard = move |said: &str| {
            let post = PostPath::parse(said);
            spawn(async move {
                outbox.refresh().await;
                outbox.go_round();
                if let Some(post) = post {
                    outbox.tell_of_others(post).await;
                }
            });
        };
        self.clockwork.try_update_value(|inner| {
            inner.channel = Channel::join(&format!("afterword outbox {}", inner.shared.site), heard);
            inner._listeners = connected.into_iter().flatten().chain(seen).collect();
        });
    }

    /// All entries of the site, oldest first; each says in its letter where it belongs.
    pub fn entries(&self) -> ReadSignal<Vec<Entry>> {
        self.entries.read_only()
    }

    /// All entries as they are on disk now, for those who cannot wait for the signal.
    pub async fn entries_now(&self) -> Vec<Entry> {
        self.refresh().await
    }

    /// Has `heard` called whenever a back end has taken a letter, in place of whoever was told before.
    pub fn on_news(&self, heard: impl Fn(&News) + 'static) {
        self.clockwork.try_update_value(|inner| inner.heard = Some(Rc::new(heard)));
    }

    /// Hands a letter in. When this comes back its entry is on disk, or in memory where nothing can be stored, and it goes
    /// out by itself. The same letter is sent once, however often it is handed in. Its draft stays until it is taken.
    ///
    /// # Errors
    /// [`StorageError::Closed`] where the page is being left.
    pub async fn send(&self, letter: Letter, draft_id: Option<String>) -> Result<EntryId, StorageError> {
        let shared = self.shared().ok_or(StorageError::Closed)?;
        let now = clock::now_millis();
        let thread = self.thread_of(&letter);
        let known = thread.as_ref().map(|thread| look_alikes(&letter, thread.comments()));
        let answered = thread.as_ref().and_then(|thread| answered_name(&letter, thread)).unwrap_or_default();
        let edit_seconds = self.edit_seconds(&shared, &letter, now);
        let entry = Entry::new(letter, answered, draft_id, edit_seconds, known, now);
        let id = entry.id.clone();
        shared.disk.hand_in(entry, now).await;
        self.refresh().await;
        self.tell_others(None);
        self.go_round();
        Ok(id)
    }

    /// For how long a comment can be changed from now on, in seconds. Changing it once more gives no more time.
    fn edit_seconds(&self, shared: &Shared, letter: &Letter, now: i64) -> u32 {
        let Target::Edit(id) = &letter.place.target else { return shared.live.capabilities().edit_seconds };
        let left = |entry: &Entry| match &entry.state {
            State::Published { id: published, until, editable: true } if published == id => {
                u32::try_from((until - now) / 1_000).ok()
            }
            State::Published { .. }
            | State::Queued { .. }
            | State::Sending { .. }
            | State::MaybeSent(_)
            | State::Held { .. }
            | State::Rejected(_) => None,
        };
        self.entries.try_with_untracked(|entries| entries.iter().find_map(left)).flatten().unwrap_or_default()
    }

    /// Until when (milliseconds since 1970) a comment can be changed and deleted by this reader, if it can.
    pub fn editable_until(&self, comment: &CommentId) -> Option<i64> {
        let until = |entry: &Entry| match &entry.state {
            State::Published { id, until, editable: true } if id == comment => Some(*until),
            State::Published { .. }
            | State::Queued { .. }
            | State::Sending { .. }
            | State::MaybeSent(_)
            | State::Held { .. }
            | State::Rejected(_) => None,
        };
        self.entries.try_with(|entries| entries.iter().filter_map(until).max()).flatten()
    }

    /// Sends an entry now, or again.
    pub fn try_again(&self, id: EntryId) {
        self.let_happen(id, Event::AskedAgain);
    }

    /// The writer has seen the comment in the thread.
    pub fn mark_sent(&self, id: EntryId) {
        self.let_happen(id, Event::MarkedSent);
    }

    /// The writer has read what there is to say of an entry.
    pub fn dismiss(&self, id: EntryId) {
        self.let_happen(id, Event::Dismissed);
    }

    /// Takes an entry back, for the composer; `None` if it is too late for that.
    pub async fn withdraw(&self, id: &EntryId) -> Option<Letter> {
        let entry = self.refresh().await.into_iter().find(|entry| entry.id == *id)?;
        let (entry, effects) = self.happen(&entry, Event::Withdrawn).await.ok()??;
        effects.contains(&Effect::ReturnText).then_some(entry.letter)
    }

    /// A thread was fetched: held entries that stand in it now are done.
    pub fn thread_seen(&self, post: &PostPath, thread: &Thread) {
        let Some(entries) = self.entries.try_get_untracked() else { return };
        for entry in entries.iter().filter(|entry| entry.letter.place.post == *post) {
            let taken = self.taken(entry);
            if let Some(id) = shown_up(entry, thread.comments(), &taken) {
                self.let_happen(entry.id.clone(), Event::ShownUp(id));
            }
        }
    }

    /// Whether a draft is on its way, so that no composer should open with it.
    pub fn holds_draft(&self, draft_id: &str) -> bool {
        let holds =
            |entry: &Entry| entry.draft_id.as_deref() == Some(draft_id) && !matches!(entry.state, State::Rejected(_));
        self.entries.try_with_untracked(|entries| entries.iter().any(holds)).unwrap_or_default()
    }

    fn let_happen(&self, id: EntryId, event: Event) {
        let outbox = *self;
        spawn(async move {
            let entry = outbox.refresh().await.into_iter().find(|entry| entry.id == id);
            if let Some(entry) = entry {
                // Where it cannot be stored nothing has changed, and the buttons are still there.
                let _ = outbox.happen(&entry, event).await;
            }
            outbox.go_round();
        });
    }

    fn let_all_happen(&self, event: Event) {
        let outbox = *self;
        spawn(async move {
            for entry in outbox.refresh().await {
                let _ = outbox.happen(&entry, event.clone()).await;
            }
            outbox.go_round();
        });
    }

    /// The thread that a letter is for, if it is the one on the page.
    fn thread_of(&self, letter: &Letter) -> Option<Arc<Thread>> {
        let conversation = self.clockwork.try_with_value(|inner| inner.conversation).flatten()?;
        if conversation.is_gone() || conversation.post()?.path() != letter.place.post {
            return None;
        }
        conversation.talk.try_with_untracked(|talk| talk.thread().cloned()).flatten()
    }

    pub(super) fn shared(&self) -> Option<Rc<Shared>> {
        self.clockwork.try_with_value(|inner| Rc::clone(&inner.shared))
    }

    /// Reads the entries, and shows them.
    pub(super) async fn refresh(&self) -> Vec<Entry> {
        let Some(shared) = self.shared() else { return Vec::new() };
        let entries = shared.disk.entries().await;
        if self.entries.try_with_untracked(|known| *known != entries) == Some(true) {
            self.entries.set(entries.clone());
        }
        entries
    }

    /// Tells the other tabs that something has changed, and on which post a letter was taken.
    pub(super) fn tell_others(&self, taken: Option<&PostPath>) {
        self.clockwork.try_with_value(|inner| {
            if let Some(channel) = &inner.channel {
                channel.say(&taken.map(ToString::to_string).unwrap_or_default());
            }
        });
    }

    /// Another tab's letter was taken: tells this page of the comment, as the server has it.
    async fn tell_of_others(&self, post: PostPath) {
        let (Some(shared), Some(entries)) = (self.shared(), self.entries.try_get_untracked()) else { return };
        let of_post = entries.iter().filter(|entry| entry.letter.place.post == post);
        let mut told = false;
        for entry in of_post {
            let State::Published { id, .. } = &entry.state else { continue };
            let known = self.clockwork.try_with_value(|inner| inner.told.contains(&entry.id));
            if known == Some(false)
                && let Some(comment) = errand::published(&shared.live, id, &post).await
            {
                told = true;
                self.clockwork.try_update_value(|inner| inner.told.push(entry.id.clone()));
                self.tell(&News { post: post.clone(), comment: Some(comment) });
            }
        }
        if !told {
            self.tell(&News { post, comment: None });
        }
    }

    /// Tells this page that a letter was taken.
    pub(super) fn tell(&self, news: &News) {
        if let Some(heard) = self.clockwork.try_with_value(|inner| inner.heard.clone()).flatten() {
            heard(news);
        }
    }
}

/// The name of whoever wrote what a letter answers.
fn answered_name(letter: &Letter, thread: &Thread) -> Option<String> {
    match &letter.place.target {
        Target::Reply(id) => Some(thread.comment(thread.find(id)?).author.name.clone()),
        Target::Thread | Target::Edit(_) => None,
    }
}
