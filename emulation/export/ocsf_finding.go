package export

import "strings"

// ocsfSeverities are the severities of OCSF by Sigma's level; a rule without one is
// of unknown severity.
var ocsfSeverities = map[string]int{"informational": 1, "low": 2, "medium": 3, "high": 4, "critical": 5}

// ocsfDetection is the finding of a rule on an event.
func ocsfDetection(r *Record, rule Rule, about Run) object {
	doc := object{}
	ocsfHead(doc, ocsfFinding, 1, "create")
	doc["severity_id"] = ocsfSeverities[rule.Level]
	found := newFields(r.own(about))
	ocsfMetadata(doc, found, r, about)
	id := rule.ID
	if id == "" {
		id = rule.Title
	}
	doc.put("metadata.uid", r.Event.ID+"/"+id)
	doc["device"] = ocsfDevice(r, found)
	doc["time"] = r.Event.Time.UnixMilli()
	doc["is_alert"] = true
	analytic := object{"type_id": 1}
	analytic.put("uid", rule.ID)
	analytic.put("name", rule.Title)
	if len(analytic) == 1 {
		analytic["name"] = "unknown"
	}
	info := object{"uid": r.Event.ID + "/" + id, "analytic": analytic}
	info.put("title", rule.Title)
	if r.Technique != "" {
		technique, _, sub := strings.Cut(r.Technique, ".")
		attack := object{"technique": object{"uid": technique}}
		if sub {
			attack["sub_technique"] = object{"uid": r.Technique}
		}
		attack.put("version", r.Attack)
		info["attacks"] = []object{attack}
	}
	doc["finding_info"] = info
	doc["evidences"] = []object{{"data": plain(r.own(about)), "device": doc["device"], "uid": r.Event.ID}}
	doc["unmapped"] = object{contextName: r.context(about)}
	return doc
}
