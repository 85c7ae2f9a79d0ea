package act

import "github.com/ringer-lab/ringer/emulation/artifact"

// Version is the version resource of a program, as authors write it.
type Version struct {
	OriginalName string `arg:"original_name" doc:"OriginalFileName" form:"line" max:"256" default:""`
	Description  string `arg:"description" doc:"Description" form:"line" max:"256" default:""`
	Product      string `arg:"product" doc:"Product" form:"line" max:"256" default:""`
	Company      string `arg:"company" doc:"Company" form:"line" max:"256" default:""`
	FileVersion  string `arg:"file_version" doc:"FileVersion" form:"line" max:"256" default:""`
}

// Resource returns it as a program has it.
func (v Version) Resource() artifact.Resource {
	return artifact.Resource{OriginalFileName: v.OriginalName, Description: v.Description, Product: v.Product, Company: v.Company, FileVersion: v.FileVersion}
}
