// SPDX-License-Identifier: Apache-2.0
/// The commands for key providers: what holds private keys. Every office has `file`; tokens and Vaults are
/// added.
///
/// ```console
/// $ chancery provider add hsm --module /usr/lib/softhsm/libsofthsm2.so --token release --pin file:pin
/// $ chancery authority add release --provider hsm
/// $ chancery provider add vault --vault unix:/run/vault/agent.sock --login agent
/// ```
///
/// `provider add` logs in once, so that a wrong module, label or PIN, a wrong address or login is found then,
/// makes the directory for the handles of the provider's keys, and writes the provider into `office.json`,
/// which is the commit point. No secret stands on a command line or in that file: only where it comes from.
/// At most 20 providers.
@NullMarked
package dev.chancery.cli.providers;

import org.jspecify.annotations.NullMarked;
