//! The machine: a state and an event give the next state and what is to be done. What means nothing in a state changes
//! nothing: events come late, twice, and from several tabs.

use super::waits::{asked_wait, backoff, is_due, is_over};
use super::{
    ASKED_LOOK_MILLIS, Cause, Doubt, Effect, Entry, Event, LEASE_MILLIS, LOOK_LEASE_MILLIS, LOOK_WAITS_MILLIS,
    MISSES_MAX, PUBLISHED_KEPT_MILLIS, Question, SEND_MILLIS_MAX, Sight, State,
};
use crate::ids::CommentId;
use crate::model::Comment;
use crate::writing::{Answer, Delay, Refusal, TabId, Unclear};

/// The next state of an entry, and what is to be done, in this order. `now` is in milliseconds since 1970; `random` is at
/// least 0 and below 1. Without effects nothing has changed.
pub fn on_event(entry: Entry, event: Event, now: i64, random: f64) -> (Entry, Vec<Effect>) {
    match event {
        Event::TurnCame { tab, alone, online } => turn_came(entry, tab, alone, online, now),
        Event::CameOnline => came_online(entry, now),
        Event::Answered { attempt, answer } => answered(entry, attempt, answer, now, random),
        Event::ReadBack { look, sight } => read_back(entry, look, sight, now, random),
        Event::AskedAgain => asked_again(entry, now),
        Event::MarkedSent => marked_sent(entry),
        Event::Withdrawn => withdrawn(entry),
        Event::Dismissed => dismissed(entry),
        Event::ShownUp(id) => shown_up(entry, &id),
    }
}

impl Entry {
    /// Whether there is time for a request before another page may take it for given up. To be asked right before
    /// [`Effect::Send`] is done: a page that was asleep since has lost its turn, and must not send.
    pub fn has_time_to_send(&self, now: i64) -> bool {
        let left = |until: i64| until.saturating_sub(now);
        matches!(self.state, State::Sending { until, .. } if (SEND_MILLIS_MAX..=LEASE_MILLIS).contains(&left(until)))
    }
}

/// Puts an entry into another state, which is stored before anything else is done.
fn become_state(mut entry: Entry, state: State, then: impl IntoIterator<Item = Effect>) -> (Entry, Vec<Effect>) {
    entry.state = state;
    let mut effects = vec![Effect::Store];
    effects.extend(then);
    (entry, effects)
}

fn unchanged(entry: Entry) -> (Entry, Vec<Effect>) {
    (entry, Vec::new())
}

fn turn_came(mut entry: Entry, tab: TabId, alone: bool, online: bool, now: i64) -> (Entry, Vec<Effect>) {
    match entry.state {
        State::Queued { due, .. } if !is_due(due, now) => (entry, vec![Effect::WakeAt(due)]),
        State::Queued { why: Some(Delay::Offline), .. } if !online => unchanged(entry),
        State::Queued { due, .. } if !online => {
            become_state(entry, State::Queued { due, why: Some(Delay::Offline) }, [])
        }
        State::Queued { .. } => {
            let until = now.saturating_add(LEASE_MILLIS);
            entry.attempt = entry.attempt.saturating_add(1);
            become_state(entry, State::Sending { tab, until }, [Effect::Send, Effect::WakeAt(until)])
        }
        State::Sending { tab: sender, until } => {
            let ended = alone && sender != tab;
            if ended || is_over(until, now, LEASE_MILLIS) {
                doubted(entry, Cause::Unclear(Unclear::Broken), now)
            } else {
                (entry, vec![Effect::WakeAt(until)])
            }
        }
        State::MaybeSent(Doubt { due, .. }) if !is_due(due, now) => (entry, vec![Effect::WakeAt(due)]),
        State::MaybeSent(_) if !online => unchanged(entry),
        State::MaybeSent(ref mut doubt) => {
            let due = now.saturating_add(LOOK_LEASE_MILLIS);
            doubt.due = due;
            entry.look = entry.look.saturating_add(1);
            (entry, vec![Effect::Store, Effect::ReadBack, Effect::WakeAt(due)])
        }
        State::Published { until, .. } => {
            if is_over(until, now, kept_millis(entry.edit_seconds)) {
                (entry, vec![Effect::Forget])
            } else {
                (entry, vec![Effect::WakeAt(until)])
            }
        }
        State::Held { .. } | State::Rejected(_) => unchanged(entry),
    }
}

/// For how long a published entry is kept, in milliseconds.
fn kept_millis(edit_seconds: u32) -> i64 {
    (i64::from(edit_seconds) * 1_000).max(PUBLISHED_KEPT_MILLIS)
}

fn came_online(mut entry: Entry, now: i64) -> (Entry, Vec<Effect>) {
    match &mut entry.state {
        State::Queued { due, why: why @ Some(Delay::Offline) } => {
            *due = now;
            *why = None;
            entry.delays = 0;
        }
        State::MaybeSent(doubt) if doubt.misses > 0 => doubt.due = now,
        State::Queued { .. }
        | State::Sending { .. }
        | State::MaybeSent(_)
        | State::Published { .. }
        | State::Held { .. }
        | State::Rejected(_) => return unchanged(entry),
    }
    (entry, vec![Effect::Store, Effect::WakeAt(now)])
}

fn answered(mut entry: Entry, attempt: u32, answer: Answer, now: i64, random: f64) -> (Entry, Vec<Effect>) {
    // That a letter was taken is true whenever it is heard, and of whichever request. All else is about one request, and
    // is worth something only while that is the last one and nothing better is known.
    let is_awaited = match entry.state {
        State::Sending { .. } => attempt == entry.attempt,
        State::MaybeSent(_) => attempt == entry.attempt && !matches!(answer, Answer::Unclear(_)),
        State::Queued { .. } | State::Published { .. } | State::Held { .. } | State::Rejected(_) => false,
    };
    let is_settled = matches!(entry.state, State::Published { .. });
    match answer {
        Answer::Published(comment) if !is_settled => published(entry, comment, true, now),
        Answer::Held(comment) if !is_settled && !matches!(entry.state, State::Held { .. }) => {
            let id = comment.map(|comment| comment.id);
            become_state(without_address(entry), State::Held { id }, [Effect::DeleteDraft])
        }
        Answer::Published(_) | Answer::Held(_) => unchanged(entry),
        _ if !is_awaited => unchanged(entry),
        Answer::Refused(Refusal::Duplicate) => doubted(entry, Cause::Duplicate, now),
        Answer::Refused(refusal) => become_state(entry, State::Rejected(refusal), [Effect::ReturnText]),
        Answer::Later { wait_seconds, why } => {
            let wait = match wait_seconds {
                Some(seconds) => asked_wait(seconds, random),
                None => backoff(entry.delays, random),
            };
            entry.delays = entry.delays.saturating_add(1);
            let due = now.saturating_add(wait);
            become_state(entry, State::Queued { due, why: Some(why) }, [Effect::WakeAt(due)])
        }
        Answer::Unclear(unclear) => doubted(entry, Cause::Unclear(unclear), now),
    }
}

/// The address was for the back end, which has it now.
fn without_address(mut entry: Entry) -> Entry {
    entry.letter.writer.email.clear();
    entry
}

fn published(entry: Entry, comment: Box<Comment>, is_proved: bool, now: i64) -> (Entry, Vec<Effect>) {
    // Only who heard the answer has the proof that the comment is theirs.
    let editable = is_proved && entry.edit_seconds > 0;
    let until = now.saturating_add(kept_millis(if editable { entry.edit_seconds } else { 0 }));
    let state = State::Published { id: comment.id.clone(), until, editable };
    become_state(without_address(entry), state, [Effect::DeleteDraft, Effect::Show(comment), Effect::WakeAt(until)])
}

fn doubted(entry: Entry, cause: Cause, now: i64) -> (Entry, Vec<Effect>) {
    let due = now.saturating_add(LOOK_WAITS_MILLIS[0]);
    let doubt = Doubt { cause, absences: 0, misses: 0, due, question: None, again: false };
    become_state(entry, State::MaybeSent(doubt), [Effect::WakeAt(due)])
}

fn read_back(entry: Entry, look: u32, sight: Sight, now: i64, random: f64) -> (Entry, Vec<Effect>) {
    let was_sent = entry.attempt > 0;
    match (&entry.state, sight) {
        (State::Queued { .. } | State::Sending { .. } | State::MaybeSent(_), Sight::Found(comment)) if was_sent => {
            published(entry, comment, false, now)
        }
        (State::MaybeSent(doubt), Sight::NotFound) if look == entry.look => {
            let doubt = doubt.clone();
            absent(entry, doubt, now)
        }
        (State::MaybeSent(doubt), Sight::Unreadable) if look == entry.look => {
            let mut doubt = doubt.clone();
            doubt.due = now.saturating_add(backoff(doubt.misses, random));
            doubt.misses = doubt.misses.saturating_add(1);
            if doubt.misses >= MISSES_MAX {
                doubt.question = Some(doubt.question.unwrap_or(Question::Unreadable));
            }
            let wake = Effect::WakeAt(doubt.due);
            become_state(entry, State::MaybeSent(doubt), [wake])
        }
        (
            State::Queued { .. }
            | State::Sending { .. }
            | State::MaybeSent(_)
            | State::Published { .. }
            | State::Held { .. }
            | State::Rejected(_),
            Sight::Found(_) | Sight::NotFound | Sight::Unreadable,
        ) => unchanged(entry),
    }
}

/// The thread was read, and the comment is not in it.
fn absent(entry: Entry, mut doubt: Doubt, now: i64) -> (Entry, Vec<Effect>) {
    if doubt.again {
        return become_state(entry, State::Queued { due: now, why: None }, [Effect::WakeAt(now)]);
    }
    if doubt.cause == Cause::Duplicate {
        // The double was no other request of ours.
        return become_state(entry, State::Rejected(Refusal::Duplicate), [Effect::ReturnText]);
    }
    doubt.absences = doubt.absences.saturating_add(1);
    doubt.misses = 0;
    let next = usize::try_from(doubt.absences).ok().and_then(|at| LOOK_WAITS_MILLIS.get(at));
    doubt.question = if next.is_none() { Some(Question::NotFound) } else { None };
    doubt.due = now.saturating_add(*next.unwrap_or(&ASKED_LOOK_MILLIS));
    let wake = Effect::WakeAt(doubt.due);
    become_state(entry, State::MaybeSent(doubt), [wake])
}

fn asked_again(mut entry: Entry, now: i64) -> (Entry, Vec<Effect>) {
    entry.delays = 0;
    match &mut entry.state {
        State::Queued { due, why } => {
            *due = now;
            *why = None;
        }
        State::MaybeSent(doubt) if doubt.question.is_some() => {
            // One more look before it goes out. A look that is under way began before the question was answered, and
            // does not count. Where the thread could not be read, it was not looked for often enough: a back end may
            // store late, and so we only look at once.
            doubt.again = doubt.question == Some(Question::NotFound);
            doubt.question = None;
            doubt.due = now;
            entry.look = entry.look.saturating_add(1);
        }
        State::Rejected(_) => entry.state = State::Queued { due: now, why: None },
        State::Sending { .. } | State::MaybeSent(_) | State::Published { .. } | State::Held { .. } => {
            return unchanged(entry);
        }
    }
    (entry, vec![Effect::Store, Effect::WakeAt(now)])
}

fn marked_sent(entry: Entry) -> (Entry, Vec<Effect>) {
    match entry.state {
        State::MaybeSent(_) => (entry, vec![Effect::Forget, Effect::DeleteDraft]),
        State::Queued { .. }
        | State::Sending { .. }
        | State::Published { .. }
        | State::Held { .. }
        | State::Rejected(_) => unchanged(entry),
    }
}

fn withdrawn(entry: Entry) -> (Entry, Vec<Effect>) {
    match &entry.state {
        State::Queued { .. } | State::Rejected(_) => (entry, vec![Effect::Forget, Effect::ReturnText]),
        State::MaybeSent(doubt) if doubt.question.is_some() => (entry, vec![Effect::Forget, Effect::ReturnText]),
        State::Sending { .. } | State::MaybeSent(_) | State::Published { .. } | State::Held { .. } => unchanged(entry),
    }
}

fn dismissed(entry: Entry) -> (Entry, Vec<Effect>) {
    match entry.state {
        State::Published { .. } | State::Held { .. } | State::Rejected(_) => (entry, vec![Effect::Forget]),
        State::Queued { .. } | State::Sending { .. } | State::MaybeSent(_) => unchanged(entry),
    }
}

fn shown_up(entry: Entry, found: &CommentId) -> (Entry, Vec<Effect>) {
    match &entry.state {
        State::Held { id } if id.as_ref().is_none_or(|id| id == found) => (entry, vec![Effect::Forget]),
        State::Queued { .. }
        | State::Sending { .. }
        | State::MaybeSent(_)
        | State::Published { .. }
        | State::Held { .. }
        | State::Rejected(_) => unchanged(entry),
    }
}
