//! Stub.
use crate::conversation::Conversation;
use crate::render::region::RegionElement;
pub fn open(_c: Conversation, _p: &RegionElement, _f: bool) {}
pub fn open_author(_c: Conversation, _p: &RegionElement, _i: u32) {}
