//! Work on many things at once, one thread for each processor. What comes out is in the order of what goes in.

use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The stack of a worker in bytes: what the main thread has, as the page's tree of views is deep in types.
const STACK_BYTES: usize = 8 * 1024 * 1024;

/// Shorter work is done before anybody asks how far it is.
const QUIET: Duration = Duration::from_secs(1);

/// How often the line is written.
const LINE_EVERY: Duration = Duration::from_millis(200);

/// Does the work for each item on so many threads. `label` names the items on the line that tells how far it is.
pub(super) fn in_parallel<T: Sync, R: Send>(
    threads: usize,
    label: &str,
    items: &[T],
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let results: Mutex<Vec<(usize, R)>> = Mutex::new(Vec::with_capacity(items.len()));
    let line = ProgressLine::new(label, items.len());
    let run = || {
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(index) else { break };
            let result = work(item);
            // A worker that panics takes the build down with it: nobody reads what it left.
            results.lock().unwrap_or_else(PoisonError::into_inner).push((index, result));
            line.tell(index);
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads.clamp(1, items.len().max(1)) {
            // Where no thread is to be had, the others do its work.
            let _ = std::thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, run);
        }
        run();
    });
    line.end();
    let mut results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
    results.sort_unstable_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

/// How many threads there are for work.
pub(super) fn thread_count() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// A line on a terminal that tells how far a long work is. It is taken away at the end.
struct ProgressLine<'a> {
    label: &'a str,
    total: usize,
    shown: bool,
    begun: Instant,
    last: Mutex<Option<Instant>>,
}

impl<'a> ProgressLine<'a> {
    fn new(label: &'a str, total: usize) -> Self {
        let shown = std::io::stderr().is_terminal();
        Self { label, total, shown, begun: Instant::now(), last: Mutex::new(None) }
    }

    fn tell(&self, done: usize) {
        if !self.shown || self.begun.elapsed() < QUIET {
            return;
        }
        let Ok(mut last) = self.last.try_lock() else { return };
        if last.is_some_and(|last| last.elapsed() < LINE_EVERY) {
            return;
        }
        *last = Some(Instant::now());
        // Where there is no terminal any more, nobody looks.
        let _ = write!(std::io::stderr(), "\r{done} of {} {}\u{1b}[K", self.total, self.label);
    }

    fn end(&self) {
        if self.last.lock().is_ok_and(|last| last.is_some()) {
            let _ = write!(std::io::stderr(), "\r\u{1b}[K");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        let items: Vec<u64> = (0..500).collect();
        let slow_first = |n: &u64| {
            if n.is_multiple_of(100) {
                std::thread::sleep(Duration::from_millis(2));
            }
            n * n
        };
        let expected: Vec<u64> = items.iter().map(|n| n * n).collect();
        for threads in [0, 1, 2, 7] {
            assert_eq!(in_parallel(threads, "squares", &items, slow_first), expected, "{threads} threads");
        }
        assert_eq!(in_parallel(4, "nothing", &[], slow_first), Vec::<u64>::new());
    }
}
