//! html5ever, the parser of Servo, as the reference for what a browser sees.

use afterword_core::body::{Body, Event};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, LocalName, ParseOpts, QualName, local_name, ns, parse_fragment};
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

/// A step through a tree, for comparing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Open(String, Vec<(String, String)>),
    Text(String),
    Close(String),
}

/// Our tree.
pub(super) fn own(body: &Body) -> Vec<Step> {
    let step = |event: Event<'_>| match event {
        Event::Open(element) => {
            let attrs = element.attrs.iter().map(|(attr, value)| (attr.name().to_owned(), value.clone()));
            Step::Open(element.tag.name().to_owned(), attrs.collect())
        }
        Event::Text(text) => Step::Text(text.to_owned()),
        Event::Close(tag) => Step::Close(tag.name().to_owned()),
    };
    body.events().map(step).collect()
}

/// The tree that html5ever makes of a fragment within a `div`. Comments are left out, elements in other namespaces get
/// a prefix.
pub(super) fn parsed(html: &str) -> Vec<Step> {
    let root = parse(html);
    let mut steps = Vec::new();
    // What is still to be written: a node, or the end of an element.
    let mut due: Vec<Result<Rc<Node>, String>> = root.children.borrow().iter().rev().cloned().map(Ok).collect();
    while let Some(next) = due.pop() {
        let node = match next {
            Ok(node) => node,
            Err(name) => {
                steps.push(Step::Close(name));
                continue;
            }
        };
        match &node.data {
            Data::Text(text) => steps.push(Step::Text(text.borrow().to_string())),
            Data::Element(name, attrs) => {
                let attrs = attrs.iter().map(|attr| (attr.name.local.to_string(), attr.value.to_string()));
                let space = if name.ns == ns!(html) { "" } else { "foreign " };
                let name = format!("{space}{}", name.local);
                steps.push(Step::Open(name.clone(), attrs.collect()));
                due.push(Err(name));
                due.extend(node.children.borrow().iter().rev().cloned().map(Ok));
            }
            Data::Other => {}
        }
    }
    steps
}

fn parse(html: &str) -> Rc<Node> {
    let mut options = ParseOpts::default();
    options.tree_builder.scripting_enabled = false;
    options.tokenizer.discard_bom = false;
    let context = QualName::new(None, ns!(html), local_name!("div"));
    let document = parse_fragment(Sink::default(), options, context, Vec::new(), false).one(html);
    let root = document.children.borrow().first().cloned();
    root.expect("a fragment has a root")
}

enum Data {
    Element(QualName, Vec<Attribute>),
    Text(RefCell<StrTendril>),
    Other,
}

struct Node {
    data: Data,
    parent: RefCell<Weak<Node>>,
    children: RefCell<Vec<Rc<Node>>>,
}

impl Node {
    fn new(data: Data) -> Rc<Self> {
        Rc::new(Self { data, parent: RefCell::default(), children: RefCell::default() })
    }
}

/// Trees of a million levels end here one by one, not by recursion.
impl Drop for Node {
    fn drop(&mut self) {
        let mut due = std::mem::take(&mut *self.children.borrow_mut());
        while let Some(node) = due.pop() {
            if Rc::strong_count(&node) == 1 {
                due.append(&mut node.children.borrow_mut());
            }
        }
    }
}

struct Sink {
    document: Rc<Node>,
    quirks: Cell<QuirksMode>,
}

impl Default for Sink {
    fn default() -> Self {
        Self { document: Node::new(Data::Other), quirks: Cell::new(QuirksMode::NoQuirks) }
    }
}

fn place_in_parent(node: &Rc<Node>) -> Option<(Rc<Node>, usize)> {
    let parent = node.parent.borrow().upgrade()?;
    let at = parent.children.borrow().iter().position(|child| Rc::ptr_eq(child, node))?;
    Some((parent, at))
}

/// Puts a node or text before the child at `at`; text joins the text before it.
fn insert(parent: &Rc<Node>, at: usize, new: NodeOrText<Rc<Node>>) {
    let node = match new {
        NodeOrText::AppendNode(node) => node,
        NodeOrText::AppendText(text) => {
            if let Some(before) = at.checked_sub(1).and_then(|at| parent.children.borrow().get(at).cloned())
                && let Data::Text(existing) = &before.data
            {
                existing.borrow_mut().push_tendril(&text);
                return;
            }
            Node::new(Data::Text(RefCell::new(text)))
        }
    };
    let at = match place_in_parent(&node) {
        Some((old, index)) => {
            old.children.borrow_mut().remove(index);
            if Rc::ptr_eq(&old, parent) && index < at { at - 1 } else { at }
        }
        None => at,
    };
    *node.parent.borrow_mut() = Rc::downgrade(parent);
    parent.children.borrow_mut().insert(at, node);
}

impl TreeSink for Sink {
    type Handle = Rc<Node>;
    type Output = Rc<Node>;
    type ElemName<'a> = &'a QualName;

    fn finish(self) -> Rc<Node> {
        self.document
    }
    fn parse_error(&self, _: Cow<'static, str>) {}
    fn get_document(&self) -> Rc<Node> {
        self.document.clone()
    }
    fn elem_name<'a>(&'a self, target: &'a Rc<Node>) -> &'a QualName {
        match &target.data {
            Data::Element(name, _) => name,
            Data::Text(_) | Data::Other => panic!("only elements have names"),
        }
    }
    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, _: ElementFlags) -> Rc<Node> {
        Node::new(Data::Element(name, attrs))
    }
    fn create_comment(&self, _: StrTendril) -> Rc<Node> {
        Node::new(Data::Other)
    }
    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Rc<Node> {
        Node::new(Data::Other)
    }
    fn append(&self, parent: &Rc<Node>, child: NodeOrText<Rc<Node>>) {
        let at = parent.children.borrow().len();
        insert(parent, at, child);
    }
    fn append_based_on_parent_node(&self, element: &Rc<Node>, previous: &Rc<Node>, child: NodeOrText<Rc<Node>>) {
        match place_in_parent(element) {
            Some((parent, at)) => insert(&parent, at, child),
            None => self.append(previous, child),
        }
    }
    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}
    fn get_template_contents(&self, _: &Rc<Node>) -> Rc<Node> {
        // Contents are no part of the tree that is seen.
        Node::new(Data::Other)
    }
    fn same_node(&self, x: &Rc<Node>, y: &Rc<Node>) -> bool {
        Rc::ptr_eq(x, y)
    }
    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.quirks.set(mode);
    }
    fn append_before_sibling(&self, sibling: &Rc<Node>, new: NodeOrText<Rc<Node>>) {
        let (parent, at) = place_in_parent(sibling).expect("a sibling has a parent");
        insert(&parent, at, new);
    }
    fn add_attrs_if_missing(&self, _: &Rc<Node>, _: Vec<Attribute>) {}
    fn remove_from_parent(&self, target: &Rc<Node>) {
        if let Some((parent, at)) = place_in_parent(target) {
            parent.children.borrow_mut().remove(at);
        }
    }
    fn reparent_children(&self, node: &Rc<Node>, new_parent: &Rc<Node>) {
        let children = std::mem::take(&mut *node.children.borrow_mut());
        for child in children {
            *child.parent.borrow_mut() = Weak::new();
            self.append(new_parent, NodeOrText::AppendNode(child));
        }
    }
}

/// The text that html5ever sees outside of elements that we drop with their content, without white space and without
/// what is replaced or dropped (NUL).
pub(super) fn visible(html: &str) -> String {
    let dropped = ["script", "style", "title", "template", "iframe", "noembed", "noframes", "audio", "video"];
    let dropped = dropped.map(LocalName::from);
    let mut out = String::new();
    let mut due = vec![parse(html)];
    while let Some(node) = due.pop() {
        match &node.data {
            Data::Text(text) => out.push_str(&text.borrow()),
            Data::Element(name, _) if dropped.contains(&name.local) => {}
            Data::Element(..) | Data::Other => due.extend(node.children.borrow().iter().rev().cloned()),
        }
    }
    squeezed(&out)
}

/// Our text, to compare with [`visible`].
pub(super) fn own_visible(body: &Body) -> String {
    let text = body.events().filter_map(|event| match event {
        Event::Text(text) => Some(text),
        Event::Open(_) | Event::Close(_) => None,
    });
    squeezed(&text.collect::<String>())
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{fffd}' && *c != '\0').collect()
}
