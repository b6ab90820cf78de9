//! YAML text to a tree in which everything knows its place.
//!
//! One pass over the parser's events. What YAML allows and a reviewer cannot see is refused here:
//! duplicate keys, anchors and aliases, tags, several documents, deep nesting.

use std::collections::HashMap;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, Span, StructureStyle};

use crate::import::source::{Mark, Source};

/// The most lists and maps inside each other.
pub(crate) const MAX_DEPTH: usize = 32;

/// A value and its place.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) mark: Mark,
    pub(crate) kind: Kind,
}

#[derive(Clone, Debug)]
pub(crate) enum Kind {
    Scalar(Scalar),
    List(Vec<Node>),
    Map(Vec<(Node, Node)>),
    /// A scalar that fitted a schema asking for a truth value.
    Bool(bool),
    /// A scalar that fitted a schema asking for a whole number.
    Number(u64),
    /// A scalar that fitted a schema asking for one of a few words.
    Word(String),
    /// Something that was reported already.
    Broken,
}

#[derive(Clone, Debug)]
pub(crate) struct Scalar {
    pub(crate) text: String,
    /// Without quotes, so that other readers of YAML may take it for something else than text.
    pub(crate) plain: bool,
}

impl Node {
    pub(crate) fn text(mark: Mark, text: impl Into<String>) -> Self {
        Self { mark, kind: Kind::Scalar(Scalar { text: text.into(), plain: false }) }
    }

    /// Whether nothing is written where a value could be.
    pub(crate) fn is_null(&self) -> bool {
        matches!(&self.kind, Kind::Scalar(scalar) if scalar.is_null())
    }
}

impl Scalar {
    pub(crate) fn is_null(&self) -> bool {
        self.plain && matches!(self.text.as_str(), "" | "~" | "null" | "Null" | "NULL")
    }
}

/// The tree of a file's only document; `None` when the file has no tree, which is then reported.
pub(crate) fn parse(source: &mut Source<'_>) -> Option<Node> {
    let options = granit_parser::options! {
        strict_indentation: true,
        disallow_directives: true,
        emit_unresolved_aliases: true,
        emit_anchor_events: true,
        emit_comments: false,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    };
    let text = source.text();
    let mut builder = Builder { source, open: Vec::new(), root: None, documents: 0 };
    for event in Parser::new_from_str_with_options(text, options) {
        match event {
            Ok((event, span)) => {
                if !builder.take(&event, span) {
                    return None;
                }
            }
            Err(error) => {
                builder.syntax(&error);
                return None;
            }
        }
    }
    let root = builder.root.take();
    if root.is_none() {
        source.error("empty", Mark { line: 1, column: 1, width: 1 }, "the file is empty");
    }
    root
}

struct Builder<'s, 'a> {
    source: &'s mut Source<'a>,
    open: Vec<Open>,
    root: Option<Node>,
    documents: usize,
}

/// A list or map that has begun.
struct Open {
    node: Node,
    key: Option<Node>,
    keys: HashMap<String, u32>,
}

impl Builder<'_, '_> {
    /// Whether to go on.
    fn take(&mut self, event: &Event<'_>, span: Span) -> bool {
        let mark = mark_of(span);
        if let Some(tag) = event.tag() {
            self.source
                .error(
                    "tag",
                    span.tag_span().map_or(mark, mark_of),
                    format!("the tag `{}` is not taken", tag.original()),
                )
                .hint("remove it: every key has one type");
        }
        match event {
            Event::DocumentStart(..) => return self.document(mark),
            Event::Anchor(_, name) => self
                .source
                .error("anchor", mark, format!("the anchor `&{name}` is not taken"))
                .hint("remove it, and write the value out where it is repeated"),
            // The anchor that it refers to was reported.
            Event::Alias(_) => self.add(Node { mark, kind: Kind::Broken }),
            Event::UnresolvedAlias(_) => {
                self.source
                    .error("anchor", mark, "a `*` refers to an anchor, and there is none")
                    .hint("text that begins with `*` goes in quotes");
                self.add(Node { mark, kind: Kind::Broken });
            }
            Event::Scalar(text, style, ..) => self.scalar(text, *style, mark),
            Event::SequenceStart(style, ..) => {
                return self.begin(Kind::List(Vec::new()), *style, mark);
            }
            Event::MappingStart(style, ..) => {
                return self.begin(Kind::Map(Vec::new()), *style, mark);
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(mark),
            _ => {}
        }
        true
    }

    fn document(&mut self, mark: Mark) -> bool {
        self.documents += 1;
        if self.documents > 1 {
            self.source
                .error("several-documents", mark, "a second document begins here")
                .hint("give it a file of its own");
        }
        self.documents == 1
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, mark: Mark) {
        let text = match style {
            // A block's last line end is how a block is written, not what it says.
            ScalarStyle::Literal | ScalarStyle::Folded => text.trim_end_matches('\n'),
            _ => text,
        };
        let plain = matches!(style, ScalarStyle::Plain);
        self.add(Node { mark, kind: Kind::Scalar(Scalar { text: text.to_owned(), plain }) });
    }

    fn begin(&mut self, kind: Kind, style: StructureStyle, mark: Mark) -> bool {
        if self.open.len() >= MAX_DEPTH {
            self.too_deep(mark);
            return false;
        }
        let width = u32::from(style == StructureStyle::Flow);
        let node = Node { mark: Mark { width, ..mark }, kind };
        self.open.push(Open { node, key: None, keys: HashMap::new() });
        true
    }

    fn end(&mut self, end: Mark) {
        let Some(Open { mut node, .. }) = self.open.pop() else { return };
        if node.mark.width > 0 && end.line == node.mark.line {
            node.mark.width = (end.column + end.width).saturating_sub(node.mark.column);
        } else if let Some(first) = first(&node) {
            node.mark = first;
        }
        self.add(node);
    }

    fn add(&mut self, mut node: Node) {
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return;
        };
        match &mut open.node.kind {
            Kind::List(items) => items.push(node),
            Kind::Map(entries) => match open.key.take() {
                None => open.key = Some(node),
                Some(key) => {
                    if node.is_null() && node.mark.width == 0 {
                        node.mark = key.mark;
                    }
                    if let Some(key) = keep(self.source, &mut open.keys, key) {
                        entries.push((key, node));
                    }
                }
            },
            _ => {}
        }
    }

    fn too_deep(&mut self, mark: Mark) {
        self.source
            .error(
                "too-deep",
                mark,
                format!("more than {MAX_DEPTH} lists and maps inside each other"),
            )
            .hint("the rest of the file is not read; sections go about ten deep");
    }

    fn syntax(&mut self, error: &ScanError) {
        let mark = mark_at(error.marker(), 1);
        if *error.kind() == ErrorKind::RecursionLimitExceeded {
            return self.too_deep(mark);
        }
        self.source
            .error("syntax", mark, format!("not YAML: {}", error.info()))
            .maybe(syntax_hint(error.kind()));
    }
}

/// A map's key, unless it is no text or stands there already.
fn keep(source: &mut Source<'_>, keys: &mut HashMap<String, u32>, key: Node) -> Option<Node> {
    let text = match &key.kind {
        Kind::Scalar(scalar) => &scalar.text,
        Kind::Broken => return None,
        _ => {
            source.error("key", key.mark, "a key has to be text").hint("write `key: value`");
            return None;
        }
    };
    if let Some(first) = keys.get(text) {
        source
            .error("duplicate-key", key.mark, format!("`{text}` is given twice"))
            .hint(format!("it stands on line {first} already; keep one of them"));
        return None;
    }
    keys.insert(text.clone(), key.mark.line);
    Some(key)
}

fn first(node: &Node) -> Option<Mark> {
    match &node.kind {
        Kind::List(items) => items.first().map(|item| item.mark),
        Kind::Map(entries) => entries.first().map(|(key, _)| key.mark),
        _ => None,
    }
}

fn mark_of(span: Span) -> Mark {
    let (start, end) = (span.start, span.end);
    let width = if start.line() == end.line() { end.col().saturating_sub(start.col()) } else { 1 };
    mark_at(&start, width)
}

fn mark_at(marker: &granit_parser::Marker, width: usize) -> Mark {
    let cap = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Mark { line: cap(marker.line()), column: cap(marker.col() + 1), width: cap(width) }
}

fn syntax_hint(kind: &ErrorKind) -> Option<&'static str> {
    use ErrorKind as E;
    Some(match kind {
        E::UnclosedQuotedScalar | E::InvalidQuotedScalarIndent => {
            "close the quote that is open above"
        }
        E::UnclosedFlowCollection { open: '[' } => "close it with `]`",
        E::UnclosedFlowCollection { open: '{' } => "close it with `}`",
        E::MappingValueNotAllowed | E::InvalidColonPlacement => {
            "put the text in quotes if it holds `: `"
        }
        E::UnexpectedCharacter { .. } | E::UnknownAnchor => {
            "text that begins with a sign such as `*`, `&`, `@`, `%` or a backtick needs quotes"
        }
        E::DirectiveDisallowed => "remove the line",
        E::InvalidIndentation | E::ExpectedBlockMappingKey | E::ExpectedBlockSequenceEntry => {
            "compare the indentation with the lines above, and look there for an open bracket"
        }
        E::UnknownQuotedScalarEscape => "in double quotes a backslash is written `\\\\`",
        _ => return None,
    })
}
