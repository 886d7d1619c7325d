// SPDX-License-Identifier: Apache-2.0

// Package vault sorts no metrics.
package vault

func Extractor() {}

func Bucketer() {}
