//! The marks that can be set by a press, and their keys.

use super::sheet::Sheet;
use crate::platform::{panel, popover};
use crate::texts::{Key, text};
use afterword_core::compose::edit::{self, Tool};
use leptos::html::{button, div};
use leptos::prelude::*;
use leptos::svg::{path, svg};

/// The name of a tool, and its sign on a field of 16 by 16.
fn look(tool: Tool) -> (Key, &'static str) {
    match tool {
        Tool::Bold => (Key::ComposeBold, "M4.5 2.5h4.25a2.75 2.75 0 0 1 0 5.5H4.5zM4.5 8h5a2.75 2.75 0 0 1 0 5.5h-5z"),
        Tool::Italic => (Key::ComposeItalic, "M6.5 2.5h6M3.5 13.5h6M9.75 2.5l-3.5 11"),
        Tool::Link => (
            Key::ComposeLink,
            "M6.5 9.5l3-3M7.5 4.75l1.6-1.6a2.65 2.65 0 0 1 3.75 3.75l-1.6 1.6M8.5 11.25l-1.6 1.6a2.65 2.65 0 0 1-3.75-3.75l1.6-1.6",
        ),
        Tool::Quote => (Key::ComposeQuote, "M2.75 3v10M6 4.5h7.5M6 8h7.5M6 11.5h5"),
        Tool::Code => (Key::ComposeCode, "M5.5 4L1.75 8l3.75 4M10.5 4l3.75 4-3.75 4"),
        Tool::List => (Key::ComposeList, "M2.5 4h.01M2.5 8h.01M2.5 12h.01M6 4h7.5M6 8h7.5M6 12h7.5"),
    }
}

/// The toolbar. One of its buttons is reached with Tab, the others with arrows.
pub(super) fn toolbar(sheet: Sheet) -> impl IntoView {
    let reached = RwSignal::new(0);
    let node = NodeRef::<leptos::html::Div>::new();
    let buttons = Tool::ALL
        .into_iter()
        .enumerate()
        .map(|(at, tool)| {
            let (name, shape) = look(tool);
            let sign = svg().attr("viewBox", "0 0 16 16").aria_hidden("true").child(path().attr("d", shape));
            button()
                .r#type("button")
                .class("composer-tool")
                .aria_label(text(name))
                .title(text(name))
                .aria_keyshortcuts(shortcuts(tool))
                .tabindex(move || if reached.get() == at { "0" } else { "-1" })
                // The field keeps the focus, and a phone its keyboard.
                .on(leptos::ev::pointerdown, |event| event.prevent_default())
                .on(leptos::ev::mousedown, |event| event.prevent_default())
                .on(leptos::ev::focus, move |_| reached.set(at))
                .on(leptos::ev::click, move |_| set(sheet, tool))
                .child(sign)
        })
        .collect_view();
    let pressed = move |event: leptos::ev::KeyboardEvent| {
        let Some(bar) = node.get_untracked() else { return };
        let onward = if panel::is_rtl(&bar) { -1 } else { 1 };
        match event.key().as_str() {
            "ArrowRight" => popover::step_focus(&bar, onward),
            "ArrowLeft" => popover::step_focus(&bar, -onward),
            _ => return,
        }
        event.prevent_default();
    };
    div()
        .class("composer-tools")
        .role("toolbar")
        .aria_label(text(Key::ComposeTools))
        .aria_controls(sheet.id_of("composer-text"))
        .node_ref(node)
        .on(leptos::ev::keydown, pressed)
        .child(buttons)
}

/// The keys of a tool, on Apple's keyboards and on others.
fn shortcuts(tool: Tool) -> String {
    let key = tool.shortcut();
    format!("Control+{key} Meta+{key}")
}

/// Uses the tool of a key; gives whether there is one.
pub(super) fn by_key(sheet: Sheet, key: &str, code: &str, shift: bool) -> bool {
    Tool::of_key(key, code, shift).map(|tool| set(sheet, tool)).is_some()
}

/// A new line in a list goes on with the list; gives whether it did.
pub(super) fn new_line(sheet: Sheet) -> bool {
    let Some(area) = sheet.area() else { return false };
    let (start, end) = area.selection();
    let edit = edit::press_enter(&area.text().0, start..end);
    edit.map(|edit| sheet.apply(&edit)).is_some()
}

fn set(sheet: Sheet, tool: Tool) {
    let Some(area) = sheet.area() else { return };
    let (start, end) = area.selection();
    sheet.apply(&edit::use_tool(tool, &area.text().0, start..end));
}
