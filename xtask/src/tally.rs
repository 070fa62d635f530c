//! Counting tests: reads what cargo and node print, and adds it up.

/// Tests that passed and failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

impl Tally {
    /// One check that is not counted by a test runner.
    pub(crate) fn of_one(passed: bool) -> Self {
        Self { passed: u64::from(passed), failed: u64::from(!passed) }
    }

    /// Adds another tally.
    pub(crate) fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }

    /// Takes `test result: ok. 12 passed; 0 failed; …`, one line for each test program of cargo.
    pub(crate) fn read_cargo(&mut self, line: &str) {
        let Some((_, counts)) = line.strip_prefix("test result: ").and_then(|rest| rest.split_once(". ")) else {
            return;
        };
        for count in counts.split(';') {
            let mut words = count.split_whitespace();
            let (number, kind) = (words.next().and_then(|word| word.parse::<u64>().ok()), words.next());
            match (number, kind) {
                (Some(number), Some("passed")) => self.passed += number,
                (Some(number), Some("failed")) => self.failed += number,
                (Some(_) | None, Some(_) | None) => {}
            }
        }
    }

    /// Takes `# pass 12` and its like from the end of node's TAP output. A cancelled test has not passed.
    pub(crate) fn read_tap(&mut self, line: &str) {
        let Some((kind, number)) = line.strip_prefix("# ").and_then(|rest| rest.split_once(' ')) else { return };
        let Ok(number) = number.trim().parse::<u64>() else { return };
        match kind {
            "pass" => self.passed += number,
            "fail" | "cancelled" => self.failed += number,
            _ => {}
        }
    }

    /// What a step counts for: what its runner counted, and one more failure when it failed without counting one.
    pub(crate) fn settled(self, succeeded: bool) -> Self {
        if !succeeded && self.failed == 0 { Self { failed: 1, ..self } } else { self }
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;

    #[test]
    fn cargo_prints_one_line_for_each_program() {
        let mut tally = Tally::default();
        for line in [
            "running 3 tests",
            "test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s",
            "test result: FAILED. 1 passed; 2 failed; 5 ignored; 0 measured; 0 filtered out; finished in 0.01s",
            "a test that prints 9 passed; 9 failed",
        ] {
            tally.read_cargo(line);
        }
        assert_eq!(tally, Tally { passed: 4, failed: 2 });
    }

    #[test]
    fn node_sums_up_at_the_end() {
        let mut tally = Tally::default();
        for line in
            ["ok 1 - pass 7", "# tests 4", "# pass 2", "# fail 1", "# cancelled 1", "# skipped 0", "    # pass 5"]
        {
            tally.read_tap(line);
        }
        assert_eq!(tally, Tally { passed: 2, failed: 2 });
    }

    #[test]
    fn a_step_that_breaks_before_counting_has_failed_once() {
        assert_eq!(Tally::default().settled(false), Tally { passed: 0, failed: 1 });
        assert_eq!(Tally { passed: 3, failed: 2 }.settled(false), Tally { passed: 3, failed: 2 });
    }
}
