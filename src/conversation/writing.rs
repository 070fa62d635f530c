//! What the reader writes in a conversation: where composers stand, and comments of one's own among the others.

use super::{Comments, Conversation, Talk};
use crate::damage::Damage;
use crate::lazy::PartNotLoaded;
use crate::platform::database::{Store, peek};
use crate::platform::{page, selection, spawn::spawn};
use crate::render::region::RegionElement;
use crate::texts::{Key, text};
use afterword_core::ids::CommentId;
use afterword_core::model::{BackEnd, Comment, CommentState, ThreadState};
use afterword_core::rows::View;
use afterword_core::thread::Thread;
use afterword_core::writing::Target;
use leptos::prelude::*;
use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;

/// The class of the place in a row where somebody writes.
const COMPOSER: &str = "composer-place";
/// The class of the place in a row where it is said how sending it goes.
const STATUS: &str = "status-place";
/// The class of the place in a row for a word that passes.
const NOTE: &str = "note-place";

/// A comment of the reader's own, as long as it is not among those that are fetched.
#[derive(Clone, Debug, PartialEq)]
pub struct Local {
    /// The comment as it is to be shown.
    pub comment: Comment,
    /// The id that its row has had so far, where that was another one.
    pub was: Option<CommentId>,
    /// Whether it stands for a fetched comment with the same id, because its author has changed that.
    pub edit: bool,
}

impl Talk {
    /// Takes comments that were fetched, and puts the reader's own among them.
    pub fn take_comments(&mut self, thread: Arc<Thread>, damage: Damage) {
        let shown = with_local(&thread, &self.local);
        self.fetched = Some(thread);
        self.comments = Comments::Ready(shown, damage);
    }

    /// Comments have other numbers than in the thread before.
    fn carry_over(&mut self, before: &Thread) {
        if let Comments::Ready(now, _) = &self.comments {
            self.collapsed = self.collapsed.carried_over(before, now);
        }
        self.inferred = None;
        if self.view == View::Inferred {
            self.view = View::Threaded;
        }
    }
}

/// Whether anything was written on this device that is kept: drafts, or letters on their way.
async fn was_written() -> bool {
    for store in [Store::Drafts, Store::Outbox] {
        if peek::keys(store).await.is_some_and(|keys| !keys.is_empty()) {
            return true;
        }
    }
    false
}

/// A thread with the reader's own comments.
fn with_local(thread: &Arc<Thread>, local: &[Local]) -> Arc<Thread> {
    let adds = |local: &&Local| local.edit || thread.find(&local.comment.id).is_none();
    let mut added: Vec<Comment> = local.iter().filter(adds).map(|local| local.comment.clone()).collect();
    if added.is_empty() {
        return Arc::clone(thread);
    }
    let changed = |comment: &&Comment| !added.iter().any(|own| own.id == comment.id);
    let mut comments: Vec<Comment> = thread.comments().iter().filter(changed).cloned().collect();
    comments.append(&mut added);
    Arc::new(Thread::build(comments))
}

impl Conversation {
    /// Whether the conversation takes comments.
    pub fn takes_comments(&self) -> bool {
        let open = self.post().is_some_and(|post| post.thread.state == ThreadState::Open);
        open && self.session().site().back_end != BackEnd::None
    }

    /// Shows these comments of the reader's own among the others, and no others than these.
    pub fn set_local(&self, local: Vec<Local>) {
        if self.talk.try_with_untracked(|talk| talk.local == local).unwrap_or(true) {
            return;
        }
        let renderer = self.with_attached(|attached| Rc::clone(&attached.renderer));
        if let Some(renderer) = renderer {
            for local in &local {
                if let Some(was) = &local.was {
                    renderer.rename(was, &local.comment.id);
                }
            }
        }
        self.talk.update(|talk| {
            talk.local = local;
            let Comments::Ready(before, damage) = &talk.comments else { return };
            let (before, damage) = (Arc::clone(before), damage.clone());
            let Some(fetched) = talk.fetched.clone() else { return };
            talk.take_comments(fetched, damage);
            talk.carry_over(&before);
        });
    }

    /// The comment with this id.
    pub fn comment(&self, id: &CommentId) -> Option<Comment> {
        self.talk.try_with_untracked(|talk| {
            let thread = talk.thread()?;
            Some(thread.comment(thread.find(id)?).clone())
        })?
    }

    /// Where to write something: in the row of a comment, or at the end of the conversation. `None` for a comment that
    /// is not here.
    pub fn composer_place(&self, target: &Target) -> Option<RegionElement> {
        match target {
            Target::Thread => self.with_attached(|attached| attached.compose_place.clone()).flatten(),
            Target::Reply(id) | Target::Edit(id) => self.place_in_row(id, COMPOSER),
        }
    }

    /// Where to say in the row of a comment how sending it goes. `status` is told to the style sheet.
    pub fn status_place(&self, id: &CommentId, status: Option<&str>) -> Option<RegionElement> {
        let place = self.place_in_row(id, STATUS)?;
        let index = self.index_shown(id)?;
        self.with_attached(|attached| attached.renderer.mark_local(index, status));
        Some(place)
    }

    fn place_in_row(&self, id: &CommentId, class: &str) -> Option<RegionElement> {
        let index = self.index_shown(id)?;
        self.with_attached(|attached| Rc::clone(&attached.renderer))?.place_in(index, class)
    }

    /// The index of a comment among the rows that are shown now.
    fn index_shown(&self, id: &CommentId) -> Option<u32> {
        self.with_attached(|attached| attached.shown.clone()).flatten()?.find(id)
    }

    /// Somebody writes here: the row is not moved from now on, and the others go around it.
    pub fn writes_in(&self, target: &Target) {
        let comment = match target {
            Target::Thread => None,
            Target::Reply(id) | Target::Edit(id) => Some(id.clone()),
        };
        self.with_attached(|attached| attached.renderer.write_in(comment));
    }

    /// Opens the composer for something, fetching that part of the app if need be, and gives it the focus.
    pub fn open_composer(&self, target: Target) {
        if !self.takes_comments() {
            return;
        }
        let Some(place) = self.composer_place(&target) else { return };
        let conversation = *self;
        self.writes_in(&target);
        spawn(async move {
            let opened = crate::lazy::open_composer(conversation, place.clone(), target, true).await;
            if opened.is_ok() {
                conversation.restore().await;
            }
            // Another press tries again.
            page::complain_behind(&place, opened.err().map(|PartNotLoaded| text(Key::PartFailed)));
        });
    }

    /// Answers a comment that has this index now.
    pub(super) fn reply_to(&self, index: u32) {
        let id = self.talk.with_untracked(|talk| {
            let comment = talk.thread()?.comments().get(index as usize)?;
            (comment.state == CommentState::Published).then(|| comment.id.clone())
        });
        if let Some(id) = id {
            self.open_composer(Target::Reply(id));
        }
    }

    /// Votes for a comment (`true`) or against it.
    pub(super) fn vote(&self, index: u32, up: bool) {
        let conversation = *self;
        let id = self.talk.with_untracked(|talk| Some(talk.thread()?.comments().get(index as usize)?.id.clone()));
        let Some(id) = id else { return };
        spawn(async move {
            match crate::lazy::vote(conversation, id.clone(), up).await {
                Ok(voting) => voting.await,
                Err(PartNotLoaded) => conversation.note_in_row(&id, text(Key::PartFailed)),
            }
        });
    }

    /// A comment of the reader's own is on the server, or says something else there now.
    pub fn take_own(&self, comment: Comment) {
        self.change_fetched(|comments| match comments.iter_mut().find(|known| known.id == comment.id) {
            Some(known) => *known = comment,
            None => comments.push(comment),
        });
    }

    /// A comment of the reader's own is not on the server any more.
    pub fn drop_own(&self, id: &CommentId) {
        self.change_fetched(|comments| comments.retain(|comment| comment.id != *id));
    }

    fn change_fetched(&self, change: impl FnOnce(&mut Vec<Comment>)) {
        self.talk.try_update(|talk| {
            let (Some(fetched), Comments::Ready(before, damage)) = (&talk.fetched, &talk.comments) else { return };
            let (before, damage) = (Arc::clone(before), damage.clone());
            let mut comments = fetched.comments().to_vec();
            change(&mut comments);
            talk.take_comments(Arc::new(Thread::build(comments)), damage);
            talk.carry_over(&before);
        });
    }

    /// The comment with this id as it was fetched.
    pub fn fetched_comment(&self, id: &CommentId) -> Option<Comment> {
        self.talk.try_with(|talk| {
            let thread = talk.fetched.as_ref()?;
            Some(thread.comment(thread.find(id)?).clone())
        })?
    }

    /// Says something in the row of a comment, in place of what was said there before.
    pub fn note_in_row(&self, id: &CommentId, sentence: &str) {
        if let Some(place) = self.place_in_row(id, NOTE) {
            page::set_attribute(&place, "role", Some("status"));
            place.set_text_content(Some(sentence));
        }
    }

    /// Marks a button in the row of a comment as pressed.
    pub fn mark_vote(&self, id: &CommentId, up: bool) {
        if let Some(index) = self.index_shown(id) {
            self.with_attached(|attached| attached.renderer.mark_vote(index, up));
        }
    }

    /// Quotes what is selected, or answers the comment that the reader is at.
    pub(super) fn quote(&self) {
        let conversation = *self;
        spawn(async move {
            let _ = crate::lazy::quote_selection(conversation).await;
        });
    }

    /// What was begun here comes back, and what is being sent is shown. Where there is nothing of either, that part of the
    /// app comes when somebody wants to write, or selects what could be quoted.
    pub(super) fn restore_writing(&self) {
        let conversation = *self;
        spawn(async move {
            if !was_written().await {
                conversation.restore_when_selected();
                return;
            }
            conversation.restore().await;
        });
    }

    fn restore_when_selected(&self) {
        let conversation = *self;
        let done = Cell::new(false);
        let selected = move || {
            if !done.get() && selection::is_any() {
                done.set(true);
                spawn(async move { conversation.restore().await });
            }
        };
        self.with_attached(|attached| attached.selects = selection::on_change(selected));
    }

    /// Brings back what was begun and shows what is being sent, once.
    async fn restore(&self) {
        if self.with_attached(|attached| std::mem::replace(&mut attached.restored, true)) != Some(false) {
            return;
        }
        match crate::lazy::restore_writing(*self).await {
            Ok(restoring) => restoring.await,
            // Whoever wants to write next tries again.
            Err(PartNotLoaded) => drop(self.with_attached(|attached| attached.restored = false)),
        }
    }
}
