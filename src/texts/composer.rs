//! The words of the composer.

use super::Key;

texts! {
    Reply: "Reply",
}
