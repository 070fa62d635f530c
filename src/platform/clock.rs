//! What time it is, and how long something takes.

use afterword_core::time::Timestamp;

/// Measures from its making on.
pub struct Stopwatch {
    from: f64,
}

impl Stopwatch {
    /// Starts.
    pub fn start() -> Self {
        Self { from: now() }
    }

    /// Milliseconds since the start.
    pub fn millis(&self) -> f64 {
        now() - self.from
    }
}

/// Milliseconds since the page was opened; 0 where the browser keeps it to itself, and then no time ever passes.
fn now() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or(0.0, |performance| performance.now())
}

/// The reader's clock; `None` where it stands outside of all years.
pub fn now_timestamp() -> Option<Timestamp> {
    Timestamp::from_millis(now_millis())
}

/// The reader's clock: milliseconds since 1970.
pub fn now_millis() -> i64 {
    js_sys::Date::now() as i64
}
