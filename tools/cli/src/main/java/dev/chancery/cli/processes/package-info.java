// SPDX-License-Identifier: Apache-2.0
/// The processes as commands: `enclave`, `relay`, and `config check` for what an enclave is told.
///
/// The launcher starts an enclave and a relay with a class path of their own and a main class of their own
/// (`dev.chancery.enclave.process.Main`, `dev.chancery.relay.Relay`), so the classes here that bear their
/// names are asked for help, man pages and completion only; called in another way, they start the same main
/// classes.
@NullMarked
package dev.chancery.cli.processes;

import org.jspecify.annotations.NullMarked;
