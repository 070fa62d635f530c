//! Replies inferred: how many of those found are right (precision), and how many of those there are found (recall).
//!
//! The protocol: both files of `cases` were written and labelled before the first rule. Rules were made with
//! `development.txt` alone. `held_out.txt` has other scenes and other habits of naming; it was run at the end of a round of
//! work only, its score was looked at and not its single cases, and no rule was made from it. That happened three times:
//! after the first round, after a second one about names that are titles, and after a third about comments without dates;
//! the score was the same each time. Both files are by one hand, the hand that made the rules: they say how rules carry
//! over to other scenes, not how the world writes. Who changes a rule does it with `development.txt`; who reads the
//! cases of `held_out.txt` for that has to write new ones.
//!
//! A label is what a reader would say. Of the answers that are missed most give no sign in words ("Does it rust?"),
//! or use a name that two people have.

mod scenes;

use afterword_core::infer::infer_replies;
use scenes::scenes;

const DEVELOPMENT: &str = include_str!("cases/development.txt");
const HELD_OUT: &str = include_str!("cases/held_out.txt");

/// What was found of what is there.
#[derive(Debug, Default, PartialEq, Eq)]
struct Score {
    /// Comments in all, with an answer in them or not.
    cases: usize,
    /// Links to the comment that was labelled.
    right: usize,
    /// Links to another one, or where there should be none.
    wrong: usize,
    /// Answers without a link to the right comment.
    missed: usize,
}

fn check(file: &str, expected: &Score) {
    let (mut score, mut told) = (Score::default(), String::new());
    for scene in scenes(file) {
        let mut found = vec![None; scene.thread.len()];
        for link in infer_replies(&scene.thread) {
            let comment = link.comment as usize;
            found[comment] = Some(link);
        }
        for (index, (link, truth)) in found.iter().zip(&scene.truth).enumerate() {
            let parent = link.as_ref().map(|link| link.parent);
            score.cases += 1;
            score.right += usize::from(parent.is_some() && parent == *truth);
            score.wrong += usize::from(parent.is_some() && parent != *truth);
            score.missed += usize::from(truth.is_some() && parent != *truth);
            if parent.is_some() && parent != *truth {
                told.push_str(&format!("{} [{}]: {link:?}\n", scene.title, index + 1));
            }
        }
    }
    assert_eq!(score, *expected, "wrong ones:\n{told}");
}

#[test]
fn development() {
    check(DEVELOPMENT, &Score { cases: 91, right: 30, wrong: 0, missed: 14 });
}

#[test]
fn held_out() {
    check(HELD_OUT, &Score { cases: 102, right: 34, wrong: 0, missed: 17 });
}
