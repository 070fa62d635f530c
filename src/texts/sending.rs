//! The words about sending.

use super::Key;

texts! {
    Sending: "Sending …",
}
