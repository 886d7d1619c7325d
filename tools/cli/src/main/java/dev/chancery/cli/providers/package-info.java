// SPDX-License-Identifier: Apache-2.0
/// The commands for key providers: what holds private keys. Every office has `file`; tokens are added.
///
/// ```console
/// $ chancery provider add hsm --module /usr/lib/softhsm/libsofthsm2.so --token release --pin file:pin
/// $ chancery authority add release --provider hsm
/// ```
///
/// `provider add` logs in to the token once, so that a wrong module, label or PIN is found then, makes the
/// directory for the handles of its keys, and writes the provider into `office.json`, which is the commit
/// point. No PIN stands on a command line or in that file: only where it comes from. At most 20 providers.
@NullMarked
package dev.chancery.cli.providers;

import org.jspecify.annotations.NullMarked;
