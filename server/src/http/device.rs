//! What a browser says it is, in two words: enough for people to know their own devices again, too little to know people by.

use axum::http::HeaderMap;
use axum::http::header::USER_AGENT;

use crate::i18n::{Arg, Locale};

/// A browser and the system it runs on, as far as it says so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Device {
    browser: Option<&'static str>,
    system: Option<&'static str>,
}

/// What stands in the header of whom. Most browsers also name others, so the first that is there counts.
const BROWSERS: [(&str, &str); 8] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];
const SYSTEMS: [(&str, &str); 7] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
];

impl Device {
    /// The device that sent these headers.
    pub fn of(headers: &HeaderMap) -> Self {
        let said = headers.get(USER_AGENT).and_then(|said| said.to_str().ok()).unwrap_or_default();
        let first = |known: &[(&str, &'static str)]| {
            known.iter().find(|(mark, _)| said.contains(mark)).map(|(_, name)| *name)
        };
        Self { browser: first(&BROWSERS), system: first(&SYSTEMS) }
    }

    /// The device as the database keeps it: two names with a slash between them, empty where not known.
    pub fn to_text(self) -> String {
        format!("{}/{}", self.browser.unwrap_or_default(), self.system.unwrap_or_default())
    }

    /// The device that [`Device::to_text`] wrote; of other texts nothing is known.
    pub fn from_text(text: &str) -> Self {
        let (browser, system) = text.split_once('/').unwrap_or_default();
        let name = |known: &[(&str, &'static str)], text: &str| {
            known.iter().find(|(_, name)| *name == text).map(|(_, name)| *name)
        };
        Self { browser: name(&BROWSERS, browser), system: name(&SYSTEMS, system) }
    }

    /// The device in words, such as `Chrome pe Windows`.
    pub fn words(self, locale: Locale) -> String {
        let named = |key, names: &[(&str, &'static str)]| {
            let args: Vec<_> = names.iter().map(|(name, value)| (*name, Arg::from(*value))).collect();
            locale.t_args(key, &args)
        };
        match (self.browser, self.system) {
            (Some(browser), Some(system)) => {
                named("device-both", &[("browser", browser), ("system", system)])
            }
            (Some(browser), None) => browser.to_owned(),
            (None, Some(system)) => named("device-system", &[("system", system)]),
            (None, None) => locale.t("device-unknown"),
        }
    }
}

/// The kind of a device and the family of its browser: what the log of a patient's visits keeps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CoarseDevice {
    kind: Option<Kind>,
    browser: Option<&'static str>,
}

/// What somebody looks at a page on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Phone,
    Tablet,
    Computer,
}

impl Kind {
    const ALL: [Self; 3] = [Self::Phone, Self::Tablet, Self::Computer];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Tablet => "tablet",
            Self::Computer => "computer",
        }
    }
}

impl CoarseDevice {
    /// The device that sent these headers. Tablets with Android are those that do not call themselves mobile.
    pub fn of(headers: &HeaderMap) -> Self {
        let said = headers.get(USER_AGENT).and_then(|said| said.to_str().ok()).unwrap_or_default();
        let Device { browser, system } = Device::of(headers);
        let kind = system.map(|system| match system {
            "iPhone" => Kind::Phone,
            "iPad" => Kind::Tablet,
            "Android" if said.contains("Mobile") => Kind::Phone,
            "Android" => Kind::Tablet,
            _ => Kind::Computer,
        });
        Self { kind, browser }
    }

    /// The device as the database keeps it: `phone/Chrome`, empty where not known.
    pub fn to_text(self) -> String {
        format!("{}/{}", self.kind.map_or("", Kind::as_str), self.browser.unwrap_or_default())
    }

    /// The device that [`CoarseDevice::to_text`] wrote; of other texts nothing is known.
    pub fn from_text(text: &str) -> Self {
        let (kind, browser) = text.split_once('/').unwrap_or_default();
        let known = BROWSERS.iter().find(|(_, name)| *name == browser);
        Self {
            kind: Kind::ALL.into_iter().find(|known| known.as_str() == kind),
            browser: known.map(|(_, name)| *name),
        }
    }

    /// The device in words, such as `telefon, Chrome`.
    pub fn words(self, locale: Locale) -> String {
        let kind = locale.t(match self.kind {
            Some(Kind::Phone) => "device-phone",
            Some(Kind::Tablet) => "device-tablet",
            Some(Kind::Computer) => "device-computer",
            None => "device-unknown",
        });
        std::iter::once(kind.as_str()).chain(self.browser).collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn of(said: &'static str) -> Device {
        Device::of(&HeaderMap::from_iter([(USER_AGENT, HeaderValue::from_static(said))]))
    }

    const CHROME: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36";

    #[test]
    fn browsers_are_known_by_what_they_say() {
        for (said, words) in [
            (CHROME, "Chrome pe Windows"),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
                "Safari pe macOS",
            ),
            (
                "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
                "Firefox pe Linux",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36 Edg/143.0.0.0",
                "Edge pe Windows",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/143.0 Mobile/15E148 Safari/604.1",
                "Chrome pe iPhone",
            ),
            (
                "Mozilla/5.0 (Linux; Android 15; SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0 Mobile Safari/537.36",
                "Samsung Internet pe Android",
            ),
            ("curl/8.5.0", "dispozitiv necunoscut"),
            ("Something (Linux)", "browser necunoscut pe Linux"),
        ] {
            assert_eq!(of(said).words(Locale::Ro), words, "{said}");
        }
        assert_eq!(of(CHROME).words(Locale::En), "Chrome on Windows");
        assert_eq!(Device::of(&HeaderMap::new()), Device::default());
    }

    #[test]
    fn what_is_kept_is_two_names_of_ours_and_nothing_else() {
        assert_eq!(of(CHROME).to_text(), "Chrome/Windows");
        for said in [CHROME, "curl/8.5.0", "Something (Linux)"] {
            assert_eq!(Device::from_text(&of(said).to_text()), of(said));
        }
        assert_eq!(Device::from_text("<script>/Windows").to_text(), "/Windows");
    }

    #[test]
    fn a_coarse_device_is_a_kind_and_a_browser() {
        let coarse = |said: &'static str| {
            CoarseDevice::of(&HeaderMap::from_iter([(USER_AGENT, HeaderValue::from_static(said))]))
        };
        for (said, kept, words) in [
            (CHROME, "computer/Chrome", "calculator, Chrome"),
            (
                "Mozilla/5.0 (Linux; Android 15; K) Chrome/143.0 Mobile Safari/537.36",
                "phone/Chrome",
                "telefon, Chrome",
            ),
            (
                "Mozilla/5.0 (Linux; Android 15; K) Chrome/143.0 Safari/537.36",
                "tablet/Chrome",
                "tabletă, Chrome",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Safari/604.1",
                "phone/Safari",
                "telefon, Safari",
            ),
            ("curl/8.5.0", "/", "dispozitiv necunoscut"),
        ] {
            let device = coarse(said);
            assert_eq!(
                (device.to_text().as_str(), device.words(Locale::Ro).as_str()),
                (kept, words),
                "{said}"
            );
            assert_eq!(CoarseDevice::from_text(kept), device);
        }
        assert_eq!(CoarseDevice::from_text("<b>/<b>"), CoarseDevice::default());
    }
}
