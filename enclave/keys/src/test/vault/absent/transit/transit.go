// SPDX-License-Identifier: Apache-2.0

// Package transit seals with no key of a cloud.
package transit

import wrapping "github.com/hashicorp/go-kms-wrapping/v2"

const (
	EnvVaultTransitSealKeyName        = "ABSENT_TRANSIT_EnvVaultTransitSealKeyName"
	EnvTransitWrapperKeyName          = "ABSENT_TRANSIT_EnvTransitWrapperKeyName"
	EnvTransitWrapperMountPath        = "ABSENT_TRANSIT_EnvTransitWrapperMountPath"
	EnvVaultTransitSealMountPath      = "ABSENT_TRANSIT_EnvVaultTransitSealMountPath"
	EnvTransitWrapperDisableRenewal   = "ABSENT_TRANSIT_EnvTransitWrapperDisableRenewal"
	EnvVaultTransitSealDisableRenewal = "ABSENT_TRANSIT_EnvVaultTransitSealDisableRenewal"
)

type Wrapper struct{ wrapping.Wrapper }

func NewWrapper() *Wrapper { return &Wrapper{} }

func WithKeyIdPrefix(string) wrapping.Option { return nil }
