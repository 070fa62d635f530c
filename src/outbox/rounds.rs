//! Rounds through the outbox: whatever is due is done, one request at a time, by one tab at a time; then the clock is set
//! for what is due next.

use super::disk::Happening;
use super::errand;
use super::handle::{News, Outbox, Shared};
use crate::platform::database::StorageError;
use crate::platform::exchange::is_online;
use crate::platform::listener::Timer;
use crate::platform::spawn::spawn;
use crate::platform::{clock, tabs};
use afterword_core::ids::CommentId;
use afterword_core::outbox::{Effect, Entry, Event, LEASE_MILLIS, State, on_event};
use leptos::prelude::*;

/// After a round that could not write, the next one comes so much later, in milliseconds.
const DISK_RETRY_MILLIS: i64 = 5_000;

/// Longest time that a clock of the browser is set for, in milliseconds: a day, within its 32 bits.
const TIMER_MILLIS_MAX: i64 = 86_400_000;

/// What a round leaves behind.
enum Left {
    /// Nothing is due before this time, if ever.
    Until(Option<i64>),
    /// Something has changed: have another look.
    More,
}

impl Outbox {
    /// Does what is due, if that is not being done already.
    pub(super) fn go_round(&self) {
        let outbox = *self;
        let started = self.clockwork.try_update_value(|inner| {
            inner.once_more = inner.running;
            !std::mem::replace(&mut inner.running, true)
        });
        if started == Some(true) {
            spawn(async move { outbox.rounds().await });
        }
    }

    async fn rounds(&self) {
        loop {
            let left = self.round().await;
            let once_more = self.clockwork.try_update_value(|inner| std::mem::take(&mut inner.once_more));
            match left {
                Left::More => {}
                Left::Until(_) if once_more == Some(true) => {}
                Left::Until(due) => {
                    self.clockwork.try_update_value(|inner| inner.running = false);
                    return self.set_clock(due);
                }
            }
        }
    }

    fn set_clock(&self, due: Option<i64>) {
        let outbox = *self;
        let timer = due.map(|due| {
            let wait = due.saturating_sub(clock::now_millis()).clamp(0, TIMER_MILLIS_MAX);
            Timer::start(i32::try_from(wait).unwrap_or(i32::MAX), move || outbox.go_round())
        });
        self.clockwork.try_update_value(|inner| inner.timer = timer);
    }

    async fn round(&self) -> Left {
        let Some(shared) = self.shared() else { return Left::Until(None) };
        let entries = self.refresh().await;
        let mut wake = None;
        let is_due = |entry: &&Entry| {
            let effects = on_event((*entry).clone(), turn(&shared, false), clock::now_millis(), 0.0).1;
            if let [Effect::WakeAt(due)] = effects.as_slice() {
                wake = Some(wake.map_or(*due, |wake: i64| wake.min(*due)));
            }
            let waits_for_other = matches!(entry.state, State::Sending { tab, .. } if tab != shared.tab);
            waits_for_other || effects.iter().any(|effect| !matches!(effect, Effect::WakeAt(_)))
        };
        let due = entries.iter().filter(is_due).count();
        if due == 0 {
            return Left::Until(wake);
        }
        let lock = format!("afterword outbox {}", shared.site);
        let held = tabs::take_turn(&lock, i32::try_from(LEASE_MILLIS).unwrap_or(i32::MAX)).await;
        // Meanwhile another tab may have done it.
        let mut changed = false;
        for entry in self.refresh().await {
            let taken = self.taken(&entry);
            match self.attend(&shared, &entry, held.is_some(), &taken).await {
                Ok(done) => changed |= done,
                Err(_) => return Left::Until(Some(clock::now_millis() + DISK_RETRY_MILLIS)),
            }
        }
        drop(held);
        if changed { Left::More } else { Left::Until(wake) }
    }

    /// Does what is due for one entry. Gives whether anything was.
    async fn attend(
        &self,
        shared: &Shared,
        entry: &Entry,
        alone: bool,
        taken: &[CommentId],
    ) -> Result<bool, StorageError> {
        let only_waits = |entry: &Entry| {
            let effects = on_event(entry.clone(), turn(shared, alone), clock::now_millis(), 0.0).1;
            effects.iter().all(|effect| matches!(effect, Effect::WakeAt(_)))
        };
        if only_waits(entry) {
            return Ok(false);
        }
        let Some((entry, effects)) = self.happen(entry, turn(shared, alone)).await? else { return Ok(false) };
        for effect in effects {
            let event = match effect {
                Effect::Send if entry.has_time_to_send(clock::now_millis()) => {
                    let attempt = entry.attempt;
                    Event::Answered { attempt, answer: errand::send(&shared.live, &entry).await }
                }
                Effect::ReadBack => {
                    let look = entry.look;
                    Event::ReadBack { look, sight: errand::look(&shared.live, &entry, taken).await }
                }
                // A page that was asleep has lost its right to send, and another one looks what became of the letter.
                Effect::Send
                | Effect::Store
                | Effect::Forget
                | Effect::DeleteDraft
                | Effect::WakeAt(_)
                | Effect::ReturnText
                | Effect::Show(_) => continue,
            };
            self.happen(&entry, event).await?;
        }
        Ok(true)
    }

    /// Lets something happen to an entry, and tells everybody.
    pub(super) async fn happen(
        &self,
        entry: &Entry,
        event: Event,
    ) -> Result<Option<(Entry, Vec<Effect>)>, StorageError> {
        let Some(shared) = self.shared() else { return Ok(None) };
        let happening = Happening { event, now: clock::now_millis(), random: tabs::random() };
        let outcome = shared.disk.apply(entry, happening).await?;
        if let Some((next, effects)) = &outcome {
            self.refresh().await;
            let is_taken = effects.contains(&Effect::DeleteDraft);
            let post = &next.letter.place.post;
            self.tell_others(is_taken.then_some(post));
            let shown = effects.iter().find_map(|effect| match effect {
                Effect::Show(comment) => Some((**comment).clone()),
                Effect::Store
                | Effect::Forget
                | Effect::DeleteDraft
                | Effect::Send
                | Effect::ReadBack
                | Effect::WakeAt(_)
                | Effect::ReturnText => None,
            });
            if is_taken {
                self.clockwork.try_update_value(|inner| inner.told.push(next.id.clone()));
                self.tell(&News { post: post.clone(), comment: shown });
            }
        }
        Ok(outcome)
    }

    /// The comments that other entries have become.
    pub(super) fn taken(&self, entry: &Entry) -> Vec<CommentId> {
        let of = |other: &Entry| match &other.state {
            State::Published { id, .. } | State::Held { id: Some(id) } if other.id != entry.id => Some(id.clone()),
            State::Published { .. }
            | State::Held { .. }
            | State::Queued { .. }
            | State::Sending { .. }
            | State::MaybeSent(_)
            | State::Rejected(_) => None,
        };
        self.entries.try_with_untracked(|entries| entries.iter().filter_map(of).collect()).unwrap_or_default()
    }
}

fn turn(shared: &Shared, alone: bool) -> Event {
    Event::TurnCame { tab: shared.tab, alone, online: is_online() }
}
