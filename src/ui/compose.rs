//! The way to the composer at the end of a conversation.

use crate::conversation::Conversation;
use crate::texts::Key;
use crate::ui::notice::press_button;
use afterword_core::writing::Target;
use leptos::prelude::*;

/// The button that opens it.
pub fn compose(conversation: Conversation) -> impl IntoView {
    press_button("compose-open", Key::WriteComment, Box::new(move || conversation.open_composer(Target::Thread)))
}
