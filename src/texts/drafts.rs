//! The words about drafts and what is kept of them.

use super::Key;

texts! {
    DraftSaved: "Saved",
}
