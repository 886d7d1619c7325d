// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.guilty.openpgp;

import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSecretKey;

/// A format that holds a secret key.
record SecretHolder(PGPSecretKey key, PGPPublicKey innocent) {}
