//! Tabs, edits, saves, crashes, reloads and messages in orders that nobody thought of.

use super::world::World;

/// How many stories are told, and how long they are.
const STORIES: u64 = 10_000;
const STEPS: usize = 60;

#[test]
fn nothing_that_was_saved_is_ever_lost() {
    for seed in 0..STORIES {
        let mut world = World::new(seed, 2 + (seed % 2) as usize);
        let told = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            for _ in 0..STEPS {
                world.step();
            }
            world.settle();
        }));
        if let Err(error) = told {
            eprintln!("in the story of seed {seed}");
            std::panic::resume_unwind(error);
        }
    }
}
