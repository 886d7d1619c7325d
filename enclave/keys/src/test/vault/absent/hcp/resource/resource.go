// SPDX-License-Identifier: Apache-2.0

// Package resource names nothing in a cloud.
package resource

import "errors"

type Resource struct{}

func FromString(string) (Resource, error) { return Resource{}, errors.New("absent from vault-judge") }
