//! A tree against the JSON Schema of the type that it is to become: every fault at once.
//!
//! The schema is generated from the type, so that the two cannot drift. What does not fit is
//! reported and taken out, what is missing is reported and put in empty, so that the tree always
//! fits its type afterwards. Of JSON Schema this knows what `schemars` writes for our types.

use serde_json::Value;

use super::node::{Kind, Node, Scalar};
use super::scalar;
use crate::import::source::{Mark, Source, suggestion};

/// Makes a tree fit a schema and reports every place where it did not.
pub(crate) fn fit(source: &mut Source<'_>, node: &mut Node, schema: &Value) {
    let mut fitting = Fitting { source, root: schema };
    if !fitting.fits(node, schema, "") {
        *node = fitting.stand_in(node.mark, schema);
    }
}

struct Fitting<'s, 'a, 'v> {
    source: &'s mut Source<'a>,
    root: &'v Value,
}

impl<'v> Fitting<'_, '_, 'v> {
    /// Whether the node can be used, once what is wrong inside of it has been taken out.
    fn fits(&mut self, node: &mut Node, schema: &'v Value, name: &str) -> bool {
        let whole = schema;
        let schema = self.branch(node, schema);
        let mark = node.mark;
        match &mut node.kind {
            Kind::Map(entries) if has_type(schema, "object") => {
                let entries = std::mem::take(entries);
                let mut entries = self.entries(mark, entries, schema);
                self.count(&mut entries, mark, schema.get("maxProperties"), name);
                node.kind = Kind::Map(entries);
                true
            }
            Kind::List(items) if has_type(schema, "array") => {
                if let Some(schema) = schema.get("items") {
                    let name = format!("{name}[]");
                    items.retain_mut(|item| self.fits(item, schema, &name));
                }
                self.count(items, mark, schema.get("maxItems"), name);
                self.filled(items, mark, schema, name)
            }
            Kind::Scalar(scalar) if is_scalar(schema) => {
                match scalar::fit(self.source, scalar, mark, schema, name) {
                    Some(kind) => {
                        node.kind = kind;
                        true
                    }
                    None => false,
                }
            }
            Kind::Broken => false,
            _ => self.wrong_type(node, whole, name),
        }
    }

    /// The part of a schema that is about nodes of this kind. Where a text is short for a map or a
    /// list, the node becomes what it is short for.
    fn branch(&self, node: &mut Node, schema: &'v Value) -> &'v Value {
        let schema = self.resolved(schema);
        let Some(branches) = schema.get("anyOf").and_then(Value::as_array) else { return schema };
        let find =
            |kind| branches.iter().map(|branch| self.resolved(branch)).find(|b| has_type(b, kind));
        let (mut object, array) = (find("object"), find("array"));
        if matches!(node.kind, Kind::Scalar(_)) {
            // Where a list would do, a text is short for a map only if that has a name.
            object =
                object.filter(|map| array.is_none() || map["properties"].get("name").is_some());
            let null = node.is_null();
            let inner = std::mem::replace(&mut node.kind, Kind::Broken);
            let inner = Node { mark: node.mark, kind: inner };
            if let Some(object) = object {
                let key = Node::text(node.mark, "name");
                node.kind = Kind::Map(vec![(key, inner)]);
                return object;
            }
            if let Some(array) = array {
                node.kind = Kind::List(if null { Vec::new() } else { vec![inner] });
                return array;
            }
            node.kind = inner.kind;
        }
        let wanted = match node.kind {
            Kind::List(_) => array,
            _ => object,
        };
        wanted.or(object).or(array).or_else(|| find("string")).unwrap_or(schema)
    }

    fn resolved(&self, schema: &'v Value) -> &'v Value {
        let reference = schema.get("$ref").and_then(Value::as_str);
        let target = reference.and_then(|path| self.root.pointer(path.strip_prefix('#')?));
        target.unwrap_or(schema)
    }

    fn entries(
        &mut self,
        mark: Mark,
        entries: Vec<(Node, Node)>,
        schema: &'v Value,
    ) -> Vec<(Node, Node)> {
        let mut kept = Vec::with_capacity(entries.len());
        for (key, value) in entries {
            let Kind::Scalar(name) = &key.kind else { continue };
            if let Some(value) = self.value(name, key.mark, value, schema) {
                kept.push((key, value));
            }
        }
        for name in required(schema) {
            if kept.iter().any(|(key, _)| matches!(&key.kind, Kind::Scalar(s) if s.text == name)) {
                continue;
            }
            let property = &schema["properties"][name];
            let meaning = self.meaning(property).map(|text| format!("`{name}` is {text}"));
            self.source.error("missing-key", mark, format!("`{name}` is missing")).maybe(meaning);
            kept.push((Node::text(mark, name), self.stand_in(mark, property)));
        }
        kept
    }

    /// What a map holds under a key, unless it is nothing that can be used.
    fn value(
        &mut self,
        key: &Scalar,
        mark: Mark,
        mut value: Node,
        schema: &'v Value,
    ) -> Option<Node> {
        let name = key.text.as_str();
        if let Some(property) = schema["properties"].get(name) {
            let is_required = required(schema).any(|required| required == name);
            if value.is_null() && !is_required {
                return None;
            }
            let fits = self.fits(&mut value, property, name);
            return if fits {
                Some(value)
            } else {
                is_required.then(|| self.stand_in(mark, property))
            };
        }
        if let Some(any) = schema.get("additionalProperties").filter(|any| any.is_object()) {
            scalar::quoted(self.source, key, mark);
            return self.fits(&mut value, any, name).then_some(value);
        }
        let known = schema["properties"].as_object().into_iter().flat_map(|map| map.keys());
        let hint = suggestion(name, known.map(String::as_str).collect::<Vec<_>>());
        self.source
            .error("unknown-key", mark, format!("unknown key `{}`", scalar::cut(name)))
            .maybe(hint);
        None
    }

    fn count<T>(&mut self, items: &mut Vec<T>, mark: Mark, most: Option<&Value>, name: &str) {
        let most = most.and_then(Value::as_u64).and_then(|most| usize::try_from(most).ok());
        if let Some(most) = most.filter(|&most| items.len() > most) {
            let message = format!("{} holds {} items; {most} at most", label(name), items.len());
            self.source.error("too-many", mark, message);
            items.truncate(most);
        }
    }

    fn filled(&mut self, items: &[Node], mark: Mark, schema: &Value, name: &str) -> bool {
        let least = schema.get("minItems").and_then(Value::as_u64).unwrap_or(0);
        let enough = items.len() as u64 >= least;
        if !enough && !self.source.has_errors() {
            self.source.error("empty", mark, format!("{} is empty", label(name)));
        }
        enough
    }

    fn wrong_type(&mut self, node: &Node, schema: &'v Value, name: &str) -> bool {
        let expected = self.expected(schema);
        let (found, hint) = match &node.kind {
            _ if node.is_null() => ("nothing", None),
            Kind::Map(_) => ("a map", None),
            Kind::List(_) => ("a list", None),
            Kind::Scalar(scalar) if expected == "a list" => {
                ("text", Some(format!("write `[{}]`", scalar::cut(&scalar.text))))
            }
            _ => ("text", None),
        };
        let message = format!("{} should be {expected}, not {found}", label(name));
        self.source.error("wrong-type", node.mark, message).maybe(hint);
        false
    }

    /// What a schema asks for, in words.
    fn expected(&self, schema: &'v Value) -> String {
        const WORDS: [(&str, &str); 5] = [
            ("string", "text"),
            ("boolean", "`true` or `false`"),
            ("integer", "a whole number"),
            ("array", "a list"),
            ("object", "a map"),
        ];
        let schema = self.resolved(schema);
        let branches = schema.get("anyOf").and_then(Value::as_array);
        let branches = branches.map_or(std::slice::from_ref(schema), Vec::as_slice);
        let words = WORDS.iter().filter(|(kind, _)| {
            branches.iter().any(|branch| has_type(self.resolved(branch), kind))
        });
        words.map(|(_, word)| *word).collect::<Vec<_>>().join(" or ")
    }

    /// Something empty of the schema's kind, in the place of what is missing or broken.
    fn stand_in(&self, mark: Mark, schema: &'v Value) -> Node {
        let mut node = Node { mark, kind: Kind::Map(Vec::new()) };
        let schema = self.branch(&mut node, schema);
        if has_type(schema, "object") {
            let entries = required(schema)
                .map(|name| {
                    let value = self.stand_in(mark, &schema["properties"][name]);
                    (Node::text(mark, name), value)
                })
                .collect();
            return Node { mark, kind: Kind::Map(entries) };
        }
        if has_type(schema, "array") {
            return Node { mark, kind: Kind::List(Vec::new()) };
        }
        Node { mark, kind: scalar::stand_in(schema) }
    }

    /// The first sentence of a schema's description, as the end of a sentence.
    fn meaning(&self, schema: &'v Value) -> Option<String> {
        let text =
            schema.get("description").or_else(|| self.resolved(schema).get("description"))?;
        let sentence =
            text.as_str()?.split_once('.').map_or_else(|| text.as_str(), |(s, _)| Some(s))?;
        let mut chars = sentence.chars();
        let first = chars.next()?.to_lowercase();
        Some(first.chain(chars).map(|c| if c == '\n' { ' ' } else { c }).collect())
    }
}

/// Whether a schema allows a type, in `"type": "…"` or in a list of them.
pub(crate) fn has_type(schema: &Value, kind: &str) -> bool {
    match schema.get("type") {
        Some(Value::String(known)) => known == kind,
        Some(Value::Array(known)) => known.iter().any(|known| known == kind),
        _ => schema.get("oneOf").is_some() && kind == "string",
    }
}

/// How a value is called in a message; `name[]` is an item of the list `name`.
pub(crate) fn label(name: &str) -> String {
    match name.strip_suffix("[]") {
        Some(list) => format!("an item of {}", label(list)),
        None if name.is_empty() => "the file".to_owned(),
        None => format!("`{}`", scalar::cut(name)),
    }
}

fn is_scalar(schema: &Value) -> bool {
    ["string", "boolean", "integer", "number"].iter().any(|kind| has_type(schema, kind))
}

fn required(schema: &Value) -> impl Iterator<Item = &str> {
    schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str)
}
