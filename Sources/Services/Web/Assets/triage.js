// triage
