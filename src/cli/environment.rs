//! What the process was given: variables, `./.env`, the locale, the clock, who the user is.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use chrono::{NaiveDate, NaiveDateTime, Timelike};

use crate::domain::money::{
    Currency, CurrencyCode, DecimalMark, currency_of_territory, iso_currency, territory_of_locale,
};
use crate::error::{OrUsage, Problem, Result};

/// What is read from `./.env`, and nothing else: a folder that somebody unpacked must not choose a pager or a config
/// file, which run commands.
const DOTENV: [&str; 2] = ["GROAT_DATABASE_URL", "DATABASE_URL"];

/// The environment as it was at the start.
#[derive(Debug, Clone, Default)]
pub struct Environment {
    variables: HashMap<String, String>,
    dotenv: HashMap<String, String>,
    /// What could not be read of `./.env`.
    pub dotenv_trouble: Option<String>,
    /// There is a `./.env`, but it may not be read: it may name another book than the default one.
    pub dotenv_is_unreadable: bool,
}

impl Environment {
    /// Reads the variables and `./.env` of the current directory, never a parent's.
    pub fn read() -> Environment {
        let variables = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
        let mut environment = Environment { variables: variables.collect(), ..Environment::default() };
        let lines = match dotenvy::from_path_iter(Path::new("./.env")) {
            Ok(lines) => lines,
            Err(error) if error.not_found() => return environment,
            Err(_) => {
                environment.dotenv_is_unreadable = true;
                return environment;
            }
        };
        for line in lines {
            match line {
                Ok((name, value)) if DOTENV.contains(&name.as_str()) => {
                    environment.dotenv.insert(name, value);
                }
                Ok(_) => {}
                Err(_) => environment.dotenv_trouble = Some("a line of ./.env cannot be read".to_owned()),
            }
        }
        environment
    }

    /// A variable that is set and not empty; real ones win over `./.env`.
    pub fn get(&self, name: &str) -> Option<&str> {
        let set = |variables: &HashMap<String, String>| {
            variables.get(name).filter(|value| !value.is_empty()).is_some()
        };
        let from = if set(&self.variables) { &self.variables } else { &self.dotenv };
        from.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// A variable with where it stands, for messages.
    pub fn with_origin(&self, name: &str) -> Option<(&str, String)> {
        self.only(name, true).or_else(|| self.only(name, false))
    }

    /// A variable that is set and not empty, looked for only among the real ones or only in `./.env`.
    pub fn only(&self, name: &str, is_real: bool) -> Option<(&str, String)> {
        let from = if is_real { &self.variables } else { &self.dotenv };
        let value = from.get(name).map(String::as_str).filter(|value| !value.is_empty())?;
        Some((value, if is_real { format!("`{name}`") } else { format!("`{name}` in ./.env") }))
    }

    /// The locale that money is written in.
    fn locale(&self) -> &str {
        ["LC_ALL", "LC_MONETARY", "LANG"].into_iter().find_map(|name| self.get(name)).unwrap_or("C")
    }

    /// The currency of the locale's territory, else USD; and whether the locale said so.
    pub fn currency(&self) -> Result<(Currency, bool)> {
        let code = territory_of_locale(self.locale()).and_then(|territory| currency_of_territory(&territory));
        if let Some(currency) = code.and_then(iso_currency) {
            return Ok((currency, true));
        }
        let dollar = CurrencyCode::parse("USD").usage()?;
        let dollar = iso_currency(dollar)
            .ok_or_else(|| Problem::internal("the list of currencies lacks the dollar"))?;
        Ok((dollar, false))
    }

    /// How the locale writes decimals.
    pub fn decimal_mark(&self) -> DecimalMark {
        let locale =
            ["LC_ALL", "LC_NUMERIC", "LANG"].into_iter().find_map(|name| self.get(name)).unwrap_or("C");
        DecimalMark::of_locale(locale)
    }

    /// The user's day.
    ///
    /// # Errors
    /// A `--today` or `GROAT_TODAY` that is no ISO date.
    pub fn today(&self, flag: Option<&str>) -> Result<NaiveDate> {
        #[allow(clippy::disallowed_methods, reason = "the one place that reads the clock for the day")]
        let clock = chrono::Local::now().date_naive();
        match flag.or_else(|| self.get("GROAT_TODAY")) {
            Some(text) => crate::domain::when::parse_date(text, clock, None).usage(),
            None => Ok(clock),
        }
    }

    /// The instant, UTC, in whole microseconds: PostgreSQL keeps no more.
    #[allow(clippy::disallowed_methods, reason = "the one place that reads the clock for instants")]
    pub fn now(&self) -> NaiveDateTime {
        let now = chrono::Utc::now().naive_utc();
        now.with_nanosecond(now.nanosecond() / 1_000 * 1_000).unwrap_or(now)
    }

    /// The user's login name, by uid.
    pub fn user(&self) -> String {
        let uid = rustix::process::getuid().as_raw();
        let passwd = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
        let named = passwd.lines().find_map(|line| {
            let mut fields = line.split(':');
            let name = fields.next()?;
            (fields.nth(1)?.parse::<u32>().ok()? == uid).then(|| name.to_owned())
        });
        // Accounts that are not in the file (LDAP) are told apart by number at least.
        named.or_else(|| self.get("USER").map(str::to_owned)).unwrap_or_else(|| format!("uid {uid}"))
    }

    /// The folder of config files.
    ///
    /// # Errors
    /// No home directory.
    pub fn config_folder(&self) -> Result<PathBuf> {
        self.folder("XDG_CONFIG_HOME", ".config")
    }

    /// The folder of books.
    ///
    /// # Errors
    /// No home directory.
    pub fn data_folder(&self) -> Result<PathBuf> {
        self.folder("XDG_DATA_HOME", ".local/share")
    }

    fn folder(&self, variable: &str, under_home: &str) -> Result<PathBuf> {
        // The specification ignores relative paths.
        if let Some(path) = self.get(variable).map(PathBuf::from).filter(|path| path.is_absolute()) {
            return Ok(path.join("groat"));
        }
        let home = etcetera::home_dir().map_err(|_| {
            Problem::usage("there is no home directory to keep the book in")
                .hint("set HOME, or say where: `--db PATH`")
        })?;
        Ok(home.join(under_home).join("groat"))
    }
}
