//! The words of the composer.

use super::Key;

texts! {
    WriteComment: "Write a comment",
    Reply: "Reply",
    EditOwn: "Change it",
    DeleteOwn: "Delete it",
    DeleteReally: "Delete it for good",
    DeletedOwn: "Your comment was deleted.",
    DeleteFailed: "It could not be deleted: {why}",
    EditableOne: "It is there. You can change or delete it for 1 more minute.",
    EditableMany: "It is there. You can change or delete it for {n} more minutes.",
    VoteRefused: "This vote does not count: somebody with your address has voted already, or wrote the comment.",
    VoteGone: "This comment is not there any more.",
    VoteFailed: "Your vote could not be sent: {why}",
    Voted: "Your vote counts.",
    VoteUp: "Vote for it: {n} so far",
    VoteDown: "Vote against it: {n} so far",
}
