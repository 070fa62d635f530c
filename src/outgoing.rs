//! The reader's own comments among the others: from the moment they are handed in until they are simply there, and for as
//! long after that as they can be changed.

use crate::conversation::{Conversation, Local};
use crate::live::Live;
use crate::outbox::Outbox;
use crate::outbox::words::{Press, Status, why};
use crate::platform::listener::Timer;
use crate::platform::{clock, pause::pause, spawn::spawn};
use crate::texts::{Key, counted, text, with_reason};
use crate::ui::notice::press_button;
use afterword_adapters::back_end::{Removed, Vote, Voted};
use afterword_core::body::RawBody;
use afterword_core::ids::CommentId;
use afterword_core::model::{Author, Comment, CommentState};
use afterword_core::outbox::{Entry, EntryId, State};
use afterword_core::time::Timestamp;
use afterword_core::writing::Target;
use leptos::html::{div, p};
use leptos::prelude::*;
use std::any::Any;
use std::collections::BTreeMap;

/// How often what is said of waiting times is brought up to date, in milliseconds.
const TICK_MILLIS: i32 = 5_000;

/// How often it is looked whether a row has come, before it is given up: rows come within a frame or two.
const LOOKS_FOR_ROW: u32 = 50;

/// What is shown of the outbox in one conversation; a copy is a handle.
#[derive(Clone, Copy)]
struct Outgoing {
    conversation: Conversation,
    outbox: Outbox,
    /// The time of day, in milliseconds since 1970, in steps.
    now: RwSignal<i64>,
    timer: StoredValue<Option<Timer>, LocalStorage>,
    /// When it began to be shown, in milliseconds since 1970.
    opened: i64,
    /// By entry: how it stood when it was last looked at.
    known: StoredValue<BTreeMap<EntryId, &'static str>>,
    /// By entry: its row, and what holds the place where something is said of it.
    said: StoredValue<BTreeMap<EntryId, Said>, LocalStorage>,
}

struct Said {
    comment: CommentId,
    _mounted: Option<Box<dyn Any>>,
}

/// Shows what is on its way in a conversation, and brings back what was begun there.
pub async fn restore(conversation: Conversation) {
    if conversation.is_gone() {
        return;
    }
    if let (Some(outbox), Some(owner)) = (Outbox::of(conversation), conversation.owner()) {
        owner.with(|| attend(conversation, outbox));
        outbox.entries_now().await;
    }
    crate::composer::restore(conversation).await;
}

fn attend(conversation: Conversation, outbox: Outbox) {
    let outgoing = Outgoing {
        conversation,
        outbox,
        now: RwSignal::new(clock::now_millis()),
        timer: StoredValue::new_local(None),
        opened: clock::now_millis(),
        known: StoredValue::new(BTreeMap::new()),
        said: StoredValue::new_local(BTreeMap::new()),
    };
    let path = conversation.post().map(|post| post.path());
    outbox.on_news(move |news| {
        if conversation.is_gone() || path.as_ref() != Some(&news.post) {
            return;
        }
        if let Some(comment) = &news.comment {
            conversation.take_own(comment.clone());
        }
    });
    Effect::new(move |_| {
        let entries = outgoing.entries();
        let fetched = conversation.talk.with(|talk| talk.fetched.clone());
        if let (Some(thread), Some(post)) = (fetched, conversation.post()) {
            outbox.thread_seen(&post.path(), &thread);
        }
        conversation.set_local(entries.iter().filter_map(|entry| local_of(conversation, entry)).collect());
        for entry in &entries {
            outgoing.say(entry);
        }
        outgoing.forget_all_but(&entries);
        spawn(async move { outgoing.place(entries).await });
    });
}

impl Outgoing {
    /// The entries of this conversation; of several that have become one comment, the last.
    fn entries(&self) -> Vec<Entry> {
        let path = self.conversation.post().map(|post| post.path());
        let here = |entry: &&Entry| Some(&entry.letter.place.post) == path.as_ref();
        let mut here: Vec<Entry> = self.outbox.entries().with(|entries| entries.iter().filter(here).cloned().collect());
        here.reverse();
        let mut published = Vec::new();
        here.retain(|entry| match &entry.state {
            State::Published { id, .. } => {
                let first = !published.contains(id);
                published.push(id.clone());
                first
            }
            State::Queued { .. } | State::Sending { .. } | State::MaybeSent(_) | State::Held { .. } => true,
            State::Rejected(_) => true,
        });
        here.reverse();
        here
    }

    /// Tells those who cannot see it when something becomes of an entry, and its composer when its draft is done with.
    fn say(&self, entry: &Entry) {
        let status = crate::outbox::words::status(entry, clock::now_millis());
        let before = self.known.try_update_value(|known| known.insert(entry.id.clone(), status.name)).flatten();
        // What was on its way before the page was opened is no news.
        let is_news = before.map_or(entry.created >= self.opened, |before| before != status.name);
        if !is_news {
            return;
        }
        if before.is_some() {
            self.conversation.session().say(&status.text);
        }
        let is_taken = matches!(entry.state, State::Published { .. } | State::Held { .. });
        if let Some(draft) = entry.draft_id.as_deref().filter(|_| is_taken) {
            crate::composer::draft_taken(self.conversation, draft);
        }
    }

    /// Takes back what was said of entries that are done.
    fn forget_all_but(&self, entries: &[Entry]) {
        let gone = self.said.try_update_value(|said| {
            let is_there = |id: &EntryId| entries.iter().any(|entry| entry.id == *id);
            let (kept, gone) = std::mem::take(said).into_iter().partition(|(id, _)| is_there(id));
            *said = kept;
            gone
        });
        for Said { comment, .. } in gone.unwrap_or_default().into_values() {
            self.conversation.status_place(&comment, None);
        }
    }

    /// Says in the rows of entries how they stand, as soon as the rows are there.
    async fn place(self, entries: Vec<Entry>) {
        for entry in entries.iter().filter(|entry| is_shown(entry)) {
            let id = comment_id(entry);
            let status = crate::outbox::words::status(entry, clock::now_millis());
            for _ in 0..LOOKS_FOR_ROW {
                if self.conversation.is_gone() {
                    return;
                }
                if let Some(place) = self.conversation.status_place(&id, Some(status.name)) {
                    let known = self
                        .said
                        .try_with_value(|said| said.get(&entry.id).is_some_and(|said| said._mounted.is_some()));
                    if known == Some(false) {
                        let key = entry.id.clone();
                        let mounted = leptos::mount::mount_to(place, move || status_line(self, key));
                        let said = Said { comment: id.clone(), _mounted: Some(Box::new(mounted)) };
                        self.said.try_update_value(|all| all.insert(entry.id.clone(), said));
                        self.tick();
                    } else {
                        self.said.try_update_value(|all| {
                            if let Some(said) = all.get_mut(&entry.id) {
                                said.comment = id.clone();
                            }
                        });
                    }
                    break;
                }
                pause().await;
            }
        }
    }

    /// Brings the time up to date as long as there is something to say that depends on it.
    fn tick(&self) {
        let outgoing = *self;
        let ring = move || {
            if outgoing.now.try_set(clock::now_millis()).is_none() {
                let says = outgoing.said.try_with_value(|said| !said.is_empty()).unwrap_or_default();
                spawn(async move {
                    if says {
                        outgoing.tick();
                    }
                });
            }
        };
        self.timer.try_set_value(Some(Timer::start(TICK_MILLIS, ring)));
    }
}

/// Whether an entry has a row: one that was refused is a draft again.
fn is_shown(entry: &Entry) -> bool {
    match entry.state {
        State::Queued { .. } | State::Sending { .. } | State::MaybeSent(_) | State::Held { .. } => true,
        State::Published { .. } => true,
        State::Rejected(_) => false,
    }
}

/// The id of the comment in whose row an entry is: a made-up one until it has a real one.
fn comment_id(entry: &Entry) -> CommentId {
    match (&entry.state, &entry.letter.place.target) {
        (State::Published { id, .. }, _) | (_, Target::Edit(id)) => id.clone(),
        (_, Target::Thread | Target::Reply(_)) => made_up_id(entry),
    }
}

fn made_up_id(entry: &Entry) -> CommentId {
    CommentId::new(format!("local {}", entry.id.0))
}

/// The comment that stands for an entry in the thread; `None` where it has none, or the fetched one says the same.
fn local_of(conversation: Conversation, entry: &Entry) -> Option<Local> {
    if !is_shown(entry) {
        return None;
    }
    let letter = &entry.letter;
    let published = Timestamp::from_millis(entry.created);
    let edit = match (&letter.place.target, &entry.state) {
        // The server's own form of it is in the thread by then.
        (Target::Edit(_), State::Published { .. }) => return None,
        (Target::Edit(id), _) => Some(conversation.fetched_comment(id)?),
        (Target::Thread | Target::Reply(_), _) => None,
    };
    let is_edit = edit.is_some();
    let parent = match &letter.place.target {
        Target::Reply(id) => Some(id.clone()),
        Target::Thread | Target::Edit(_) => None,
    };
    let fresh = || Comment {
        id: comment_id(entry),
        parent,
        author: Author {
            name: letter.writer.name.clone(),
            url: Some(letter.writer.website.clone()).filter(|url| !url.is_empty()),
        },
        published,
        edited: None,
        body: RawBody::default(),
        state: CommentState::Published,
        votes: None,
        by_post_author: false,
    };
    let mut comment = edit.unwrap_or_else(fresh);
    comment.body = RawBody::Text(letter.text.to_text());
    Some(Local { comment, was: (!is_edit).then(|| made_up_id(entry)), edit: is_edit })
}

/// How an entry stands, and what can be pressed.
fn status_line(outgoing: Outgoing, key: EntryId) -> impl IntoView {
    let entry = Memo::new(move |_| {
        outgoing.outbox.entries().with(|entries| entries.iter().find(|entry| entry.id == key).cloned())
    });
    let line = move || {
        let entry = entry.get()?;
        let now = outgoing.now.get().max(clock::now_millis());
        let Status { text: sentence, presses, .. } = crate::outbox::words::status(&entry, now);
        let own = owned(&entry, now);
        let sentence = match &own {
            Some((_, minutes)) => counted(Key::EditableOne, Key::EditableMany, *minutes),
            None => sentence,
        };
        let buttons: Vec<_> = presses
            .iter()
            .map(|&press| {
                let id = entry.id.clone();
                press_button(press.class(), press.label(), Box::new(move || outgoing.press(press, id.clone())))
            })
            .collect();
        let own = own.map(|(comment, _)| own_buttons(outgoing, comment));
        Some(div().class("comment-status").child((p().child(sentence), buttons, own)))
    };
    div().child(line)
}

/// The comment of an entry, if it can be changed, and for how many more minutes (a begun one counts).
fn owned(entry: &Entry, now: i64) -> Option<(CommentId, u32)> {
    match &entry.state {
        State::Published { id, until, editable: true } if *until > now => {
            Some((id.clone(), u32::try_from((until - now + 59_999) / 60_000).unwrap_or(u32::MAX)))
        }
        State::Published { .. }
        | State::Queued { .. }
        | State::Sending { .. }
        | State::MaybeSent(_)
        | State::Held { .. }
        | State::Rejected(_) => None,
    }
}

/// Changing and deleting one's own comment. Deleting asks once more: nothing brings it back.
fn own_buttons(outgoing: Outgoing, comment: CommentId) -> impl IntoView {
    let conversation = outgoing.conversation;
    let asked = RwSignal::new(false);
    let id = comment.clone();
    let edit = press_button(
        "status-edit",
        Key::EditOwn,
        Box::new(move || conversation.open_composer(Target::Edit(id.clone()))),
    );
    let delete = move || {
        let comment = comment.clone();
        let label = if asked.get() { Key::DeleteReally } else { Key::DeleteOwn };
        let press = move || {
            if asked.get_untracked() {
                delete(conversation, comment.clone());
            } else {
                asked.set(true);
            }
        };
        press_button("status-delete", label, Box::new(press))
    };
    (edit, delete)
}

impl Outgoing {
    fn press(&self, press: Press, id: EntryId) {
        let outbox = self.outbox;
        match press {
            Press::Now | Press::Again | Press::Look => outbox.try_again(id),
            Press::Sent => outbox.mark_sent(id),
            Press::Dismiss => outbox.dismiss(id),
            Press::Withdraw => {
                let conversation = self.conversation;
                spawn(async move {
                    if let Some(letter) = outbox.withdraw(&id).await {
                        conversation.writes_in(&letter.place.target);
                        crate::composer::write_again(conversation, letter);
                    }
                });
            }
        }
    }
}

/// Deletes one's own comment on the server.
fn delete(conversation: Conversation, id: CommentId) {
    let session = conversation.session();
    let (Some(live), Some(post)) = (Live::of(session), conversation.post()) else { return };
    spawn(async move {
        let removed = live.delete(&post.path(), &id).await;
        if conversation.is_gone() {
            return;
        }
        match removed {
            Ok(Some(Removed::Gone)) => {
                conversation.drop_own(&id);
                session.say(text(Key::DeletedOwn));
            }
            Ok(Some(Removed::Emptied(comment))) => {
                conversation.take_own(*comment);
                session.say(text(Key::DeletedOwn));
            }
            Ok(Some(Removed::Refused(refusal))) => {
                conversation.note_in_row(&id, &with_reason(Key::DeleteFailed, &why(&refusal)));
            }
            Ok(None) => {}
            Err(error) => conversation.note_in_row(&id, &with_reason(Key::DeleteFailed, &error.why())),
        }
    });
}

/// Votes for a comment (`true`) or against it.
pub async fn vote(conversation: Conversation, id: CommentId, up: bool) {
    let session = conversation.session();
    let Some(live) = Live::of(session) else { return };
    let voted = live.vote(&id, if up { Vote::Up } else { Vote::Down }).await;
    let Some(mut comment) = conversation.fetched_comment(&id).filter(|_| !conversation.is_gone()) else { return };
    let mut count = |votes| {
        comment.votes = Some(votes);
        conversation.take_own(comment.clone());
    };
    match voted {
        Ok(Some(Voted::Counted(votes))) => {
            count(votes);
            // The buttons are written anew with their counts.
            pause().await;
            conversation.mark_vote(&id, up);
            session.say(text(Key::Voted));
        }
        Ok(Some(Voted::Refused(votes))) => {
            count(votes);
            conversation.note_in_row(&id, text(Key::VoteRefused));
        }
        Ok(Some(Voted::Gone)) => conversation.note_in_row(&id, text(Key::VoteGone)),
        Ok(None) => {}
        Err(error) => conversation.note_in_row(&id, &with_reason(Key::VoteFailed, &error.why())),
    }
}
