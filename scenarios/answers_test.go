package scenarios_test

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// answers are our own rules' to each behaviour as it is by default, named by
// their files without the platform in front: those that see it in what the log
// source itself writes, and those that come near.
var answers = map[string]struct{ fires, near []string }{
	"owa_web_shell_drop":         {[]string{"outlook_front_page_written"}, []string{"site_page_written"}},
	"ecp_web_shell_drop":         {[]string{"outlook_front_page_written"}, []string{"site_page_written"}},
	"static_site_web_shell_drop": {[]string{"site_page_written"}, []string{"outlook_front_page_written"}},
	"web_worker_shell_spawn":     {[]string{"web_worker_starts_shell"}, []string{"site_page_written"}},
	"scheduled_task_create":      {[]string{"task_program_in_data_folder", "task_created_for_system"}, []string{"task_deleted"}},
	"windows_service_create":     {[]string{"service_program_in_data_folder"}, []string{"service_borrows_program_name"}},
	"masqueraded_service_create": {[]string{"service_borrows_program_name", "service_program_in_data_folder", "task_program_in_data_folder"}, []string{"task_created_for_system"}},
	"run_key_set":                {[]string{"run_value_data_folder"}, []string{"run_value_user_profile"}},
	"startup_folder_drop":        {[]string{"startup_folder_by_profile_program"}, []string{"office_add_in_written"}},
	"word_add_in_drop":           {[]string{"office_add_in_written"}, []string{"office_template_written"}},
	"domain_account_create":      {[]string{"privileged_group_member"}, []string{"service_borrows_program_name"}},
	"archive_rar_split":          {[]string{"archive_with_hidden_names", "archive_in_odd_folder", "recycle_bin_on_command_line"}, []string{"archive_with_7zip_password"}},
	"mailbox_export_request":     {[]string{"mailbox_export_asked"}, []string{"mailbox_export_to_web_folder"}},
	"stage_system_folders":       {[]string{"records_in_system_folder"}, []string{"archive_in_odd_folder"}},
	"stage_recycle_bin":          {[]string{"recycle_bin_on_command_line"}, []string{"archive_in_odd_folder"}},
	"event_log_clear":            {[]string{"security_log_cleared", "log_cleared"}, []string{"log_file_deleted"}},
	"file_timestomp":             {[]string{"served_file_set_back", "script_sets_creation_time"}, []string{"outlook_front_page_written"}},
	"tool_files_delete":          {[]string{"cmdlet_log_deleted", "shell_history_deleted"}, []string{"log_file_deleted"}},
	"iis_logging_disable":        {[]string{"web_requests_unlogged"}, []string{"log_cleared"}},
	"scheduled_task_remove":      {[]string{"task_deleted"}, []string{"task_program_in_data_folder"}},

	// By itself its start says nothing: it takes its registration, months before.
	"scheduled_task_start": {nil, []string{"task_program_in_data_folder", "task_rested_before_use"}},

	"authorized_keys_append":    {[]string{"login_keys_changed"}, []string{"shell_startup_without_editor"}},
	"cron_entry_install":        {[]string{"crontab_from_temporary_file", "cron_entry_by_hand"}, []string{"unit_by_hand"}},
	"ld_so_preload_footprint":   {[]string{"loader_preload_written"}, []string{"login_script_by_hand"}},
	"local_account_add":         {[]string{"login_account_made", "account_joins_powerful_group"}, []string{"shell_startup_without_editor"}},
	"shell_startup_write":       {[]string{"login_script_by_hand", "shell_startup_without_editor"}, []string{"login_keys_changed"}},
	"systemd_unit_install":      {[]string{"unit_by_hand"}, []string{"log_daemon_stopped"}},
	"web_page_drop":             {[]string{"page_by_web_worker", "script_called_among_assets"}, []string{"web_worker_looks_around"}},
	"web_worker_command_apache": {[]string{"web_worker_looks_around"}, []string{"page_by_web_worker", "database_server_starts_shell"}},
	"cdr_database_export":       {[]string{"database_server_starts_shell", "call_records_copied_from_database", "records_in_temporary_folder"}, []string{"call_records_searched"}},
	"cdr_sweep_newer":           {[]string{"call_records_searched", "records_in_temporary_folder"}, []string{"call_records_packed", "served_page_given_times"}},
	"cdr_archive_split":         {[]string{"call_records_packed", "packing_in_hidden_folder", "records_in_temporary_folder"}, []string{"call_records_searched"}},
	"cdr_stage_hidden_folder":   {[]string{"records_in_temporary_folder"}, []string{"packing_in_hidden_folder"}},
	"host_log_clear":            {[]string{"login_records_emptied", "logs_removed_by_hand", "journal_vacuumed_to_now"}, []string{"log_daemon_stopped"}},
	"log_service_stop":          {[]string{"log_daemon_stopped", "auditing_switched_off", "log_forwarding_drop_in"}, []string{"unit_by_hand", "logs_removed_by_hand"}},
	"shell_history_clear":       {[]string{"history_off_in_own_shell", "history_removed_or_linked"}, []string{"logs_removed_by_hand"}},
	"timestamp_borrow":          {[]string{"served_page_given_times"}, []string{"page_by_web_worker"}},

	"account_discovery":               {[]string{"logged_on_users_asked_by_service", "web_worker_starts_shell"}, []string{"network_questions_in_a_row"}},
	"network_discovery":               {[]string{"network_questions_in_a_row"}, []string{"security_products_asked", "logged_on_users_asked_by_service"}},
	"registry_query":                  {[]string{"remembered_servers_read"}, []string{"run_value_data_folder"}},
	"remote_system_scan":              {[]string{"address_range_as_argument"}, []string{"network_questions_in_a_row"}},
	"security_software_discovery":     {[]string{"security_products_asked"}, []string{"network_questions_in_a_row"}},
	"directory_export":                {[]string{"directory_read_without_limit"}, []string{"address_range_as_argument"}},
	"host_survey_php_fpm":             {[]string{"web_worker_looks_around"}, []string{"page_by_web_worker"}},
	"archive_cabinet":                 {[]string{"cabinet_of_mail_or_exports"}, []string{"archive_in_odd_folder"}},
	"archive_library_powershell":      {[]string{"script_packs_by_class"}, []string{"script_sets_creation_time"}},
	"archive_tool_variants":           {[]string{"rar_by_another_name", "archive_with_hidden_names", "archive_with_7zip_password"}, []string{"recycle_bin_on_command_line"}},
	"documents_auto_collect":          {[]string{"documents_copied_by_pattern"}, []string{"records_in_system_folder"}},
	"keystroke_log_write":             {[]string{"notes_kept_by_data_folder_program"}, []string{"task_program_in_data_folder"}},
	"registry_configuration_store":    {[]string{"binary_value_below_classes"}, []string{"run_value_data_folder"}},
	"vpn_client_install":              {[]string{"vpn_service_installed", "vpn_program_by_vendor"}, []string{"service_program_in_data_folder"}},
	"at_job_create":                   {[]string{"at_job_with_program"}, []string{"task_program_in_data_folder"}},
	"chrome_frame_side_load":          {[]string{"unsigned_library_in_data_folder"}, []string{"run_value_data_folder"}},
	"known_name_side_load":            {[]string{"unsigned_library_in_data_folder"}, []string{"service_program_in_data_folder"}},
	"vendor_tool_side_load":           {[]string{"unsigned_library_in_data_folder"}, []string{"task_program_in_data_folder"}},
	"isapi_filter_register":           {[]string{"web_filter_elsewhere", "owa_filter_library_elsewhere"}, []string{"web_requests_unlogged", "unsigned_library_in_data_folder"}},
	"offline_address_book_file_write": {[]string{"cmdlet_names_served_page"}, []string{"mailbox_export_asked"}},
	"stage_remote_web_folder":         {[]string{"archive_below_served_folder"}, []string{"outlook_front_page_written", "share_dropped_by_hand"}},
	"share_disconnect":                {[]string{"share_dropped_by_hand"}, []string{"network_questions_in_a_row"}},
	"valid_account_logon":             {[]string{"service_account_at_desktop"}, []string{"privileged_group_member"}},
	"remote_stage_copy":               {[]string{"pieces_sent_from_hidden_folder"}, []string{"records_in_temporary_folder"}},
}

type handAct struct {
	rule, kind string
	do         effect.Process
}

// byHand are acts of no behaviour: they fire the rules that no behaviour fires,
// which stand in scenarios only where they must stay silent and could otherwise
// not match, and show rules another form of what they look for.
var byHand = []handAct{
	{"windows_log_file_deleted", "domain_controller", typed(effect.Remove{Path: `C:\Windows\System32\winevt\Logs\Application.evtx`})},
	{"windows_mailbox_export_to_web_folder", "exchange", typed(starts(`C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe`,
		`powershell.exe -Command "New-MailboxExportRequest -Mailbox standin01 -FilePath \\MAIL01\C$\inetpub\wwwroot\aspnet_client\a.aspx"`))},
	{"windows_office_template_written", "workstation", typed(effect.Write{
		Path: `C:\Program Files\Microsoft Office\Root\Office16\STARTUP\letter.dotm`, Content: []byte(artifact.Marker),
	})},
	{"windows_run_value_user_profile", "workstation", typed(effect.SetValue{
		Key: `HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Run`, Name: "Check", Value: artifact.Value{Type: "REG_SZ", Data: `C:\Users\Public\check.exe`},
	})},
	{"linux_log_daemon_stopped", "billing", atShell(starts("/usr/bin/dash", "/bin/sh", "/usr/sbin/service", "auditd", "stop"))},
	{"linux_account_joins_powerful_group", "billing", atShell(starts("/usr/sbin/useradd", "useradd", "-m", "-G", "users,docker", "cdrsync"))},
	{"linux_login_keys_changed", "web", atShell(effect.Write{Path: "/root/.ssh/authorized_keys2", Content: []byte(artifact.Marker)})},
	{"linux_history_off_in_own_shell", "web", atShell(starts("/usr/bin/bash", "bash", "-c", "export HISTFILE=/dev/null"))},
	{"linux_served_page_given_times", "web", atShell(starts("/usr/bin/touch", "touch", "--date=2020-01-01", "/var/www/selfcare/index.php"))},
	{"linux_web_worker_looks_around", "web", effect.Process{
		Image: "/usr/sbin/php-fpm8.2", Args: []string{"php-fpm:", "pool", "www"}, User: "www-data", Resident: true,
		Acts: []effect.Act{starts("/usr/bin/id", "id")},
	}},
}

func starts(image string, args ...string) effect.Act {
	return effect.Run{Process: effect.Process{Image: image, Args: args}}
}

func atShell(act effect.Act) effect.Process {
	return effect.Process{Image: "/usr/bin/bash", Args: []string{"-bash"}, Dir: "/root", User: "root", Resident: true, Acts: []effect.Act{act}}
}

func typed(act effect.Act) effect.Process {
	return effect.Process{
		Image: `C:\Windows\System32\cmd.exe`, Args: []string{`"C:\Windows\system32\cmd.exe"`}, Dir: `C:\Windows\System32`,
		User: `CARRIER\ops02`, Resident: true, Acts: []effect.Act{act},
	}
}
