//! Stand-in.

use crate::conversation::Conversation;
use crate::render::region::RegionElement;
use afterword_core::writing::Target;

pub(crate) fn open(_conversation: Conversation, _place: &RegionElement, _target: Target, _focus: bool) {}

pub(crate) async fn restore(_conversation: Conversation) {}

pub(crate) fn quote_selection(_conversation: Conversation) -> bool {
    false
}
