//! The field that the text is written in.

use super::check::Field;
use super::sheet::Sheet;
use crate::platform::text_area::{TextArea, pasted_texts};
use crate::texts::{Key, with_number};
use afterword_core::compose::count::{self, Room};
use afterword_core::compose::{edit, from_html};
use afterword_core::writing::{Markup, Target};
use leptos::html::{div, label, p, textarea};
use leptos::prelude::*;

/// The field with its label, and how much room is left in it.
pub(super) fn field(sheet: Sheet) -> impl IntoView {
    let (id, problem, count) = (sheet.id_of("composer-text"), sheet.id_of("problem"), sheet.id_of("count"));
    let node = NodeRef::<leptos::html::Textarea>::new();
    node.on_load(move |area| {
        let area = TextArea::new(area);
        area.grow();
        sheet.set_area(area);
    });
    let described = format!("{problem} {count}");
    let control = textarea()
        .id(id.clone())
        .class("composer-text")
        .attr("rows", "4")
        .attr("dir", "auto")
        .attr("autocomplete", "off")
        .attr("enterkeyhint", "enter")
        .aria_describedby(described)
        .aria_invalid(move || sheet.fault(Field::Text).is_some().then_some("true"))
        .node_ref(node)
        .on(leptos::ev::input, move |_| sheet.typed())
        .on(leptos::ev::blur, move |_| sheet.left())
        .on(leptos::ev::paste, move |event| pasted(sheet, &event));
    let name = super::form::title(sheet, &sheet.target().unwrap_or(Target::Thread));
    div().class("composer-write").child((
        label().r#for(id).class("for-ears").child(name),
        control,
        p().class("composer-count").id(count).child(move || room(sheet)),
    ))
}

/// What is wrong with the text.
pub(super) fn problem(sheet: Sheet) -> impl IntoView {
    p().class("composer-problem").id(sheet.id_of("problem")).child(move || sheet.fault(Field::Text))
}

/// How many characters are left, once that is worth a word.
fn room(sheet: Sheet) -> Option<String> {
    let most = sheet.desk.capabilities.with_value(|wanted| wanted.text_max);
    // Tells of each change of the text.
    sheet.units.track();
    match count::room(&sheet.text().0, most) {
        Room::Enough => None,
        Room::Little(left) => Some(with_number(Key::ComposeCountLeft, left)),
        Room::Over(over) => Some(with_number(Key::ComposeCountOver, over)),
    }
}

/// Rich text becomes Markdown, where that is what is written here, and an address over some words makes them a link; all
/// else is the browser's own business.
fn pasted(sheet: Sheet, event: &leptos::ev::ClipboardEvent) {
    if sheet.desk.capabilities.with_value(|wanted| wanted.markup) != Markup::Markdown {
        return;
    }
    let Some(area) = sheet.area() else { return };
    let (text, (start, end)) = (area.text(), area.selection());
    let [html, plain] = pasted_texts(event);
    let edit = edit::paste_address(&text.0, start..end, &plain)
        .or_else(|| Some(edit::insert(&text.0, start..end, &from_html::pasted(&html)?)));
    if let Some(edit) = edit {
        event.prevent_default();
        sheet.apply(&edit);
    }
}
