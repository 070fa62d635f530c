//! The `afterword` program as a library, so that the release pipeline can call its commands.
//!
//! [`content`] reads and writes folders of posts; [`import`], [`check`], [`build`], [`generate`],
//! [`merge`] and [`serve`] are the commands.
//! Start with [`run`].

pub mod build;
pub mod check;
pub mod content;
pub mod generate;
pub mod import;
pub mod merge;
pub mod serve;

use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// A blog and its conversations as static files.
#[derive(Debug, Parser)]
#[command(name = "afterword", version)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Turns a WordPress export into a folder of posts and comments, or brings such a folder up to date.
    Import {
        /// The file from “Tools, Export” in the blog's dashboard.
        file: PathBuf,
        /// The folder that is written: a new one, or one from an earlier import, to which what is new is added.
        #[arg(long, default_value = "content")]
        out: PathBuf,
        /// Replace what was changed by hand since the last import, too.
        #[arg(long)]
        overwrite: bool,
        /// Fetch pictures, sounds, films and PDF files of the old blog and lay them beside their posts.
        #[arg(long)]
        media: bool,
    },
    /// Reads every file of a content folder and names what is wrong, with file and place.
    Check {
        /// The folder with site.json in it.
        folder: PathBuf,
    },
    /// Adds comments that readers sent as files, after showing what it would do.
    Merge {
        /// The files, as they came.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// The folder with the posts.
        #[arg(long, default_value = "content")]
        content: PathBuf,
        /// Add them without asking.
        #[arg(long)]
        yes: bool,
    },
    /// Makes the site: pages, feeds and the app, for any static host.
    Build {
        /// The folder with the posts.
        #[arg(long, default_value = "content")]
        content: PathBuf,
        /// The folder with the app's files.
        #[arg(long)]
        bundle: PathBuf,
        /// The folder that is written.
        #[arg(long, default_value = "dist")]
        out: PathBuf,
        /// The path under which the site will be hosted, instead of what site.json says.
        #[arg(long)]
        base: Option<String>,
        /// Write no compressed copies (.br, .gz): for hosts that compress by themselves, such as GitHub Pages, Netlify
        /// and Cloudflare.
        #[arg(long)]
        no_compressed: bool,
        /// How many threads work on it, instead of one on each processor.
        #[arg(long)]
        threads: Option<usize>,
    },
    /// Shows a built site on this computer, as a static host would.
    Serve {
        /// The folder to serve.
        folder: PathBuf,
        /// The port on 127.0.0.1; 0 takes a free one.
        #[arg(long, default_value_t = 8080)]
        port: u16,
        /// The path under which the site appears.
        #[arg(long, default_value = "/")]
        base: String,
        /// A Content-Security-Policy to send with each answer.
        #[arg(long)]
        csp: Option<String>,
    },
    /// Writes a blog of made-up threads for measuring.
    #[command(hide = true)]
    Generate {
        /// The folder that is written.
        #[arg(long)]
        out: PathBuf,
        /// How many comments each post has, for example 1000,10000.
        #[arg(long, value_delimiter = ',', default_value = "1000")]
        comments: Vec<u32>,
        /// The same seed gives the same blog.
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
}

/// Does what was asked, prints what came of it, and says whether it went well.
pub fn run(cli: Cli) -> ExitCode {
    let done = match cli.command {
        Command::Import { file, out, overwrite, media } => {
            let options = import::ImportOptions { overwrite, media, ..import::ImportOptions::new(file, out) };
            import::import_wxr(&options)
                .map(|summary| {
                    println!("{summary}");
                    ExitCode::from(u8::from(summary.stopped.is_some()))
                })
                .map_err(|error| error.to_string())
        }
        Command::Check { folder } => {
            let findings = check::check_folder(&folder);
            print!("{findings}");
            Ok(ExitCode::from(u8::from(!findings.errors.is_empty())))
        }
        Command::Merge { files, content, yes } => merge::merge_files(&merge::MergeOptions { files, content, yes })
            .map(|summary| {
                println!("{summary}");
                ExitCode::from(u8::from(!summary.is_whole()))
            })
            .map_err(|error| error.to_string()),
        Command::Build { content, bundle, out, base, no_compressed, threads } => {
            let usual = build::BuildOptions::new(content, bundle, out);
            let options = build::BuildOptions { base, compressed: !no_compressed, threads, ..usual };
            build::build_site(&options)
                .map(|summary| {
                    println!("{summary}");
                    ExitCode::from(u8::from(!summary.left_out.is_empty()))
                })
                .map_err(|error| error.to_string())
        }
        Command::Serve { folder, port, base, csp } => {
            let options = serve::ServeOptions { folder, port, base, csp };
            serve::Server::bind(options)
                .and_then(|server| {
                    println!("Serving on {} (stop with Ctrl+C)", server.url());
                    server.run()
                })
                .map(|()| ExitCode::SUCCESS)
                .map_err(|error| error.to_string())
        }
        Command::Generate { out, comments, seed } => generate::generate_content(&out, &comments, seed)
            .map(|()| ExitCode::SUCCESS)
            .map_err(|error| error.to_string()),
    };
    done.unwrap_or_else(|message| {
        eprintln!("afterword: {message}");
        ExitCode::FAILURE
    })
}
