//! Comments that come in while somebody reads: looked for now and then as long as the page can be seen, and shown when
//! the reader asks for them. Nothing moves by itself.

use crate::damage::Damage;
use afterword_core::thread::Thread;
use std::sync::Arc;

/// A newer state of a conversation that waits to be shown.
#[derive(Clone, Debug)]
pub struct Arrived {
    /// The comments.
    pub thread: Arc<Thread>,
    /// What is missing of them, or odd.
    pub damage: Damage,
    /// How many of them are not shown yet; at least 1.
    pub count: u32,
}

#[cfg(feature = "browser")]
pub use watch::Arrivals;

#[cfg(feature = "browser")]
mod watch {
    use super::Arrived;
    use crate::conversation::{Comments, Conversation};
    use crate::live::Live;
    use crate::load::{Loaded, load_fresh_post, load_thread};
    use crate::platform::clock;
    use crate::platform::listener::{Listener, Timer};
    use crate::platform::page;
    use crate::platform::spawn::spawn;
    use crate::visited;
    use afterword_core::model::{Comment, CommentState, Post, ThreadState};
    use afterword_core::thread::Thread;
    use leptos::prelude::*;
    use std::cell::{Cell, RefCell};
    use std::rc::{Rc, Weak};
    use std::sync::Arc;

    /// The first look is so long after the page was opened, and after each time that something came, in milliseconds:
    /// a conversation is a matter of minutes.
    const FIRST_MILLIS: i32 = 60_000;

    /// Where nothing comes, looks become rarer, down to this: a quarter of an hour, in milliseconds.
    const RAREST_MILLIS: i32 = 15 * 60_000;

    /// Looks for new comments until it is dropped.
    pub struct Arrivals {
        _watch: Rc<Watch>,
        _listener: Listener,
    }

    struct Watch {
        conversation: Conversation,
        /// What the post said when it was last looked at: how many comments there are, and the files with them.
        known: RefCell<String>,
        /// How many comments the site's server had when it was last looked at, deleted ones not counted.
        served: Cell<Option<u32>>,
        wait: Cell<i32>,
        /// When the last look was, in milliseconds since 1970.
        looked: Cell<i64>,
        timer: RefCell<Option<Timer>>,
    }

    impl Arrivals {
        /// Looks for what comes after this state of a post; not at all where the conversation is closed.
        pub fn watch(conversation: Conversation, post: &Post) -> Option<Self> {
            if post.thread.state == ThreadState::Closed {
                return None;
            }
            let watch = Rc::new(Watch {
                conversation,
                known: RefCell::new(fingerprint(post)),
                served: Cell::new(conversation.count_served()),
                wait: Cell::new(FIRST_MILLIS),
                looked: Cell::new(clock::now_millis()),
                timer: RefCell::new(None),
            });
            if page::is_visible() {
                watch.set_timer(FIRST_MILLIS);
            }
            let listener = page::on_visibility({
                let watch = Rc::clone(&watch);
                move |visible| watch.seen(visible)
            })?;
            Some(Self { _watch: watch, _listener: listener })
        }
    }

    impl Watch {
        /// The page has come into sight, or has gone out of it.
        fn seen(self: &Rc<Self>, visible: bool) {
            if visible {
                let since = i32::try_from(clock::now_millis() - self.looked.get()).unwrap_or(i32::MAX);
                self.set_timer(self.wait.get().saturating_sub(since).max(0));
            } else {
                self.timer.replace(None);
            }
        }

        fn set_timer(self: &Rc<Self>, millis: i32) {
            let watch = Rc::downgrade(self);
            self.timer.replace(Some(Timer::start(millis, move || {
                let watch = Weak::clone(&watch);
                spawn(async move {
                    if let Some(watch) = watch.upgrade() {
                        watch.look().await;
                    }
                });
            })));
        }

        async fn look(self: &Rc<Self>) {
            self.looked.set(clock::now_millis());
            let arrived = self.fetch().await;
            let wait = if arrived { FIRST_MILLIS } else { self.wait.get().saturating_mul(2).min(RAREST_MILLIS) };
            self.wait.set(wait);
            if page::is_visible() {
                self.set_timer(wait);
            }
        }

        /// How many comments the post has on the site's server; what it was last, where that cannot be known.
        async fn count_served(&self, post: &Post) -> Option<u32> {
            let live = Live::of(self.conversation.session())?;
            live.count(&post.path()).await.ok().or_else(|| self.served.get())
        }

        /// Fetches what is new. What cannot be fetched is no news: the reader has what there was, and it is tried again.
        async fn fetch(&self) -> bool {
            let Some(post) = self.conversation.post() else { return false };
            let session = self.conversation.session();
            let (base, path) = (session.base(), post.path());
            let fresh = load_fresh_post(&base, &path);
            let (fresh, served) = futures::future::join(fresh, self.count_served(&post)).await;
            // The server may have news although the files are not to be had, and the other way round.
            let fresh = match fresh {
                Ok(fresh) => fresh,
                Err(_) if served != self.served.get() => (*post).clone(),
                Err(_) => return false,
            };
            let now = fingerprint(&fresh);
            if *self.known.borrow() == now && self.served.get() == served {
                return false;
            }
            let Ok(loaded) = load_thread(session, &fresh).await else { return false };
            // Half a newer state is no better than the whole of the last one.
            if loaded.damage.missing.is_some() || loaded.damage.server.is_some() {
                return false;
            }
            self.known.replace(now);
            self.served.set(served);
            let post = Post { thread: fresh.thread, ..(*post).clone() };
            self.conversation.arrived(post, loaded)
        }
    }

    /// What changes with the comments: the names of their files hold a hash; where there are none, count and date.
    fn fingerprint(post: &Post) -> String {
        let urls: Vec<&str> = post.thread.pages.iter().map(|page| page.url.as_str()).collect();
        let updated = post.thread.updated.map_or(0, |time| time.millis());
        if urls.is_empty() { format!("{} {updated}", post.thread.count) } else { urls.join("\n") }
    }

    impl Conversation {
        /// How many of the comments that are shown are on the site's server, deleted ones not counted.
        fn count_served(&self) -> Option<u32> {
            let live = Live::of(self.session())?;
            self.talk.with_untracked(|talk| {
                let Comments::Ready(thread, _) = &talk.comments else { return None };
                let counts =
                    |comment: &&Comment| comment.state == CommentState::Published && live.back_end().holds(&comment.id);
                u32::try_from(thread.comments().iter().filter(counts).count()).ok()
            })
        }

        /// A newer state of the conversation is here. Gives whether it has comments that are not shown yet.
        fn arrived(&self, post: Post, Loaded { thread, damage }: Loaded) -> bool {
            let count = self.talk.try_update(|talk| {
                let Comments::Ready(shown, _) = &talk.comments else { return 0 };
                let count = thread.comments().iter().filter(|comment| shown.find(&comment.id).is_none()).count();
                let count = u32::try_from(count).unwrap_or(u32::MAX);
                talk.arrived = (count > 0).then_some(Arrived { thread, damage, count });
                count
            });
            self.set_post(Arc::new(post));
            count.is_some_and(|count| count > 0)
        }

        /// Shows what has come in, and goes to the first of it.
        pub fn show_arrived(&self) {
            let first = self.talk.try_update(|talk| {
                let Arrived { thread, damage, .. } = talk.arrived.take()?;
                let Comments::Ready(before, _) = &talk.comments else { return None };
                let first = first_unknown(before, &thread);
                talk.collapsed = talk.collapsed.carried_over(before, &thread);
                talk.selection = None;
                talk.inferred = None;
                talk.take_comments(thread, damage);
                first
            });
            let thread = self.talk.with_untracked(|talk| talk.thread().cloned());
            if let Some((post, thread)) = self.post().zip(thread) {
                visited::go_on(&self.session(), &post, &thread);
                let conversation = *self;
                spawn(async move { conversation.infer(thread).await });
            }
            if let Some(first) = first.flatten() {
                self.go_to(first);
            }
        }
    }

    /// The earliest comment that only the newer thread has.
    fn first_unknown(before: &Thread, now: &Thread) -> Option<u32> {
        let by_time = now.sorted(afterword_core::thread::Order::Oldest);
        by_time.into_iter().find(|&index| before.find(&now.comment(index).id).is_none())
    }
}
