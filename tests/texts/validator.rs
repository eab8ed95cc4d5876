//! Holds a JSON value against a JSON Schema: as much of draft 2020-12 as groat's schemas use. A keyword that is not
//! understood here is a flaw, so that no schema says what nobody checks. Used by `schemas`.

use serde_json::{Map, Value};

use super::pattern;

/// Keywords that say something to people only.
const REMARKS: [&str; 5] = ["$schema", "title", "description", "examples", "$defs"];

/// What is wrong with a value.
#[derive(Debug, Default)]
pub struct Findings {
    /// Where it breaks the schema, each with its place: `/rows/0/amount: ...`.
    pub flaws: Vec<String>,
    /// Keys that the schema allows and does not describe.
    pub undescribed: Vec<String>,
}

/// Holds the value against the schema.
pub fn validate(schema: &Value, value: &Value) -> Findings {
    let mut check = Check { root: schema, findings: Findings::default() };
    check.value(schema, value, "");
    check.findings
}

struct Check<'a> {
    root: &'a Value,
    findings: Findings,
}

impl<'a> Check<'a> {
    fn flaw(&mut self, at: &str, what: impl std::fmt::Display) {
        self.findings.flaws.push(format!("{}: {what}", if at.is_empty() { "/" } else { at }));
    }

    fn value(&mut self, schema: &'a Value, value: &Value, at: &str) {
        let Some(keywords) = schema.as_object() else {
            return if schema != true {
                self.flaw(at, format!("{schema} is no schema"))
            };
        };
        for (keyword, says) in keywords {
            match (keyword.as_str(), value) {
                ("$ref", _) => match self.definition(says) {
                    Some(definition) => self.value(definition, value, at),
                    None => self.flaw(at, format!("there is no {says}")),
                },
                ("type", _) if !is_type(says, value) => self.flaw(at, format!("{value} is not {says}")),
                ("enum", _) if !says.as_array().is_some_and(|all| all.contains(value)) => {
                    self.flaw(at, format!("{value} is none of {says}"));
                }
                ("const", _) if says != value => self.flaw(at, format!("{value} is not {says}")),
                ("minimum", Value::Number(number)) if number.as_i64() < says.as_i64() => {
                    self.flaw(at, format!("{number} is below {says}"));
                }
                ("pattern", Value::String(text)) if !pattern::matches(says.as_str().unwrap_or(""), text) => {
                    self.flaw(at, format!("`{text}` does not match {says}"));
                }
                ("items", Value::Array(items)) => {
                    items
                        .iter()
                        .enumerate()
                        .for_each(|(index, item)| self.value(says, item, &format!("{at}/{index}")));
                }
                ("required", Value::Object(object)) => self.required(says, object, at),
                ("properties", Value::Object(object)) => self.properties(says, object, at),
                ("additionalProperties", Value::Object(object)) => {
                    self.others(says, object, keywords.get("properties"), at);
                }
                ("type" | "enum" | "const" | "minimum" | "pattern" | "items", _) => {}
                ("required" | "properties" | "additionalProperties", _) => {}
                (remark, _) if REMARKS.contains(&remark) => {}
                (unknown, _) => self.flaw(at, format!("the keyword `{unknown}` is not understood here")),
            }
        }
    }

    fn definition(&self, reference: &Value) -> Option<&'a Value> {
        self.root.pointer(reference.as_str()?.strip_prefix('#')?)
    }

    fn required(&mut self, keys: &Value, object: &Map<String, Value>, at: &str) {
        for key in keys.as_array().into_iter().flatten().filter_map(Value::as_str) {
            if !object.contains_key(key) {
                self.flaw(at, format!("`{key}` is missing"));
            }
        }
    }

    fn properties(&mut self, schemas: &'a Value, object: &Map<String, Value>, at: &str) {
        for (key, value) in object {
            if let Some(schema) = schemas.get(key) {
                self.value(schema, value, &format!("{at}/{key}"));
            }
        }
    }

    fn others(
        &mut self,
        schema: &'a Value,
        object: &Map<String, Value>,
        described: Option<&Value>,
        at: &str,
    ) {
        for (key, value) in object {
            if described.is_some_and(|described| described.get(key).is_some()) {
                continue;
            }
            match schema {
                Value::Bool(true) => self.findings.undescribed.push(format!("{at}/{key}")),
                Value::Bool(false) => self.flaw(at, format!("`{key}` is not allowed")),
                schema => self.value(schema, value, &format!("{at}/{key}")),
            }
        }
    }
}

fn is_type(says: &Value, value: &Value) -> bool {
    let is = |name: &str| match name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    };
    match says {
        Value::String(name) => is(name),
        Value::Array(names) => names.iter().filter_map(Value::as_str).any(is),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::validate;

    #[test]
    fn each_keyword_can_fail() {
        for (schema, good, bad, flaw) in [
            (json!({"type": "string"}), json!("x"), json!(1), "/: 1 is not \"string\""),
            (
                json!({"type": ["integer", "null"]}),
                json!(null),
                json!(1.5),
                "/: 1.5 is not [\"integer\",\"null\"]",
            ),
            (json!({"enum": ["a", null]}), json!("a"), json!("b"), "/: \"b\" is none of [\"a\",null]"),
            (json!({"const": "a"}), json!("a"), json!("b"), "/: \"b\" is not \"a\""),
            (json!({"minimum": 0}), json!(0), json!(-1), "/: -1 is below 0"),
            (json!({"pattern": "^[0-9]+$"}), json!("12"), json!("1x"), "/: `1x` does not match \"^[0-9]+$\""),
            (
                json!({"items": {"type": "integer"}}),
                json!([1]),
                json!([1, "2"]),
                "/1: \"2\" is not \"integer\"",
            ),
            (json!({"required": ["a"]}), json!({"a": null}), json!({"b": 1}), "/: `a` is missing"),
            (
                json!({"properties": {"a": {"type": "null"}}}),
                json!({"b": 1}),
                json!({"a": 1}),
                "/a: 1 is not \"null\"",
            ),
            (
                json!({"properties": {"a": {}}, "additionalProperties": false}),
                json!({"a": 1}),
                json!({"b": 1}),
                "/: `b` is not allowed",
            ),
            (
                json!({"additionalProperties": {"type": "string"}}),
                json!({"a": "1"}),
                json!({"a": 1}),
                "/a: 1 is not \"string\"",
            ),
            (
                json!({"items": {"$ref": "#/$defs/x"}, "$defs": {"x": {"type": "boolean"}}}),
                json!([true]),
                json!([0]),
                "/0: 0 is not \"boolean\"",
            ),
        ] {
            assert_eq!(validate(&schema, &good).flaws, Vec::<String>::new(), "{schema} on {good}");
            assert_eq!(validate(&schema, &bad).flaws, [flaw], "{schema} on {bad}");
        }
    }

    #[test]
    fn what_a_schema_says_beyond_that_is_a_flaw() {
        assert_eq!(
            validate(&json!({"maximum": 3}), &json!(1)).flaws,
            ["/: the keyword `maximum` is not understood here"]
        );
        assert_eq!(
            validate(&json!({"$ref": "#/$defs/x"}), &json!(1)).flaws,
            ["/: there is no \"#/$defs/x\""]
        );
    }

    #[test]
    fn keys_that_are_allowed_but_not_described_are_told() {
        let schema = json!({"properties": {"a": {"properties": {}, "additionalProperties": true}}, "additionalProperties": true});
        let findings = validate(&schema, &json!({"a": {"x": 1}, "b": 2}));
        assert!(findings.flaws.is_empty());
        assert_eq!(findings.undescribed, ["/a/x", "/b"]);
    }
}
