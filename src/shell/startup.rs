//! Opening the window: the renderer that works here, or a sentence that says what is missing.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use eframe::{NativeOptions, Renderer};
use egui::{ViewportBuilder, vec2};

use crate::model::{Lang, Settings, SourceSpec};

use super::{App, SettingsFile, system};

const ICON: &[u8] = include_bytes!("../../assets/logo/vodscope-256.png");

/// Libraries a window needs on Linux, with the Debian package of each.
const LIBRARIES: [(&str, &str); 6] = [
    ("libX11.so.6", "libx11-6"),
    ("libX11-xcb.so.1", "libx11-xcb1"),
    ("libXcursor.so.1", "libxcursor1"),
    ("libXi.so.6", "libxi6"),
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
    ("libGL.so.1", "libgl1"),
];

const LIBRARY_FOLDERS: [&str; 8] = [
    "/lib",
    "/lib64",
    "/usr/lib",
    "/usr/lib64",
    "/usr/local/lib",
    "/lib/x86_64-linux-gnu",
    "/usr/lib/x86_64-linux-gnu",
    "/usr/lib/aarch64-linux-gnu",
];

/// Why no window opened.
#[derive(Debug)]
pub struct Failure {
    why: Vec<String>,
    missing_packages: Vec<&'static str>,
    lang: Lang,
}

/// Opens the window and returns when it is closed.
pub fn run(specs: &[SourceSpec]) -> Result<(), Failure> {
    let specs: Vec<SourceSpec> = specs.iter().cloned().map(absolute).collect();
    let file = SettingsFile::of_system();
    let settings = file
        .as_ref()
        .map_or_else(Settings::default, SettingsFile::load);
    let mut why = Vec::new();
    for renderer in renderers() {
        match open(renderer, &settings, file.clone(), specs.clone()) {
            Ok(()) => return Ok(()),
            Err(reason) => {
                log::warn!("the {renderer} renderer did not start: {reason}");
                why.push(format!("{renderer}: {reason}"));
            }
        }
    }
    Err(Failure {
        why,
        missing_packages: missing_packages(),
        lang: system::language(),
    })
}

/// Recent files must be found again from any folder.
fn absolute(spec: SourceSpec) -> SourceSpec {
    let whole = |path: PathBuf| std::path::absolute(&path).unwrap_or(path);
    match spec {
        SourceSpec::Path(path) => SourceSpec::Path(whole(path)),
        SourceSpec::Follow(path) => SourceSpec::Follow(whole(path)),
        other => other,
    }
}

/// OpenGL first on Linux, where software OpenGL is everywhere and five times cheaper than software
/// Vulkan; elsewhere the system's own API first, where OpenGL may be missing over a remote desktop.
fn renderers() -> [Renderer; 2] {
    if cfg!(target_os = "linux") {
        [Renderer::Glow, Renderer::Wgpu]
    } else {
        [Renderer::Wgpu, Renderer::Glow]
    }
}

fn open(
    renderer: Renderer,
    settings: &Settings,
    file: Option<SettingsFile>,
    specs: Vec<SourceSpec>,
) -> Result<(), String> {
    let options = NativeOptions {
        viewport: viewport(settings),
        renderer,
        // Our own provider guards the system's, which gives up where no font is installed.
        system_font_fallback: false,
        ..NativeOptions::default()
    };
    let app = move |cc: &eframe::CreationContext<'_>| -> Result<Box<dyn eframe::App>, _> {
        Ok(Box::new(App::new(cc, file, specs)))
    };
    // Missing X libraries end in a panic deep inside the window system's crates.
    let opened = catch_unwind(AssertUnwindSafe(|| {
        eframe::run_native("vodscope", options, Box::new(app))
    }));
    match opened {
        Ok(result) => result.map_err(|error| first_line(&error.to_string())),
        Err(panic) => Err(first_line(&panic_text(panic.as_ref()))),
    }
}

fn viewport(settings: &Settings) -> ViewportBuilder {
    let mut viewport = ViewportBuilder::default()
        .with_title("vodscope")
        .with_app_id("vodscope")
        .with_inner_size(vec2(1440.0, 900.0))
        .with_min_inner_size(vec2(1024.0, 700.0));
    if let Ok(icon) = eframe::icon_data::from_png_bytes(ICON) {
        viewport = viewport.with_icon(icon);
    }
    let Some(window) = settings.window else {
        return viewport;
    };
    viewport = viewport
        .with_inner_size(vec2(window.width.max(320.0), window.height.max(240.0)))
        .with_maximized(window.maximized);
    if let (Some(x), Some(y)) = (window.x, window.y) {
        viewport = viewport.with_position([x, y]);
    }
    viewport
}

fn first_line(text: &str) -> String {
    text.lines()
        .next()
        .unwrap_or_default()
        .chars()
        .take(200)
        .collect()
}

fn panic_text(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    let owned = panic.downcast_ref::<String>().map(String::as_str);
    text.or(owned).unwrap_or("unknown failure").to_owned()
}

fn missing_packages() -> Vec<&'static str> {
    if !cfg!(target_os = "linux") {
        return Vec::new();
    }
    let is_there = |name: &str| {
        LIBRARY_FOLDERS
            .iter()
            .any(|folder| Path::new(folder).join(name).exists())
    };
    let missing = LIBRARIES.iter().filter(|(library, _)| !is_there(library));
    missing.map(|(_, package)| *package).collect()
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let packages = self.missing_packages.join(" ");
        let lang = self.lang;
        f.write_str(lang.pick("No window could be opened", "无法打开窗口"))?;
        if packages.is_empty() {
            f.write_str(lang.pick(
                "; check that a display is reachable (DISPLAY or WAYLAND_DISPLAY), or use `vodscope list FILE`",
                "；请检查显示环境（DISPLAY 或 WAYLAND_DISPLAY），或使用 `vodscope list FILE`",
            ))?;
        } else {
            let install = format!("apt-get install {packages}");
            f.write_str(lang.pick(
                "; libraries are missing, install them with\n  ",
                "；缺少系统库，请安装：\n  ",
            ))?;
            f.write_str(&install)?;
        }
        for why in &self.why {
            write!(f, "\n{why}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Failure {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_libraries_are_named_by_package() {
        let failure = Failure {
            why: vec!["glow: no display".to_owned()],
            missing_packages: vec!["libx11-6", "libgl1"],
            lang: Lang::En,
        };
        let text = failure.to_string();
        assert!(text.contains("apt-get install libx11-6 libgl1"), "{text}");
        assert!(text.ends_with("glow: no display"), "{text}");
    }
}
