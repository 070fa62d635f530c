//! The words of the composer.

use super::Key;

texts! {
    WriteComment: "Write a comment",
    Reply: "Reply",
    VoteUp: "Vote for it: {n} so far",
    VoteDown: "Vote against it: {n} so far",
}
