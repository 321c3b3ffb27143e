-- 应用服务类型 is one for each website, app, mini program or quick app, since each has a number of its own (-nA, -nX, -nK).
update filing_sections set values = values - 'serviceTypes' || jsonb_build_object('serviceType', coalesce(values -> 'serviceTypes' ->> 0, '1'))
where kind = 'website' and values ? 'serviceTypes';
update websites set values = values - 'serviceTypes' || jsonb_build_object('serviceType', coalesce(values -> 'serviceTypes' ->> 0, '1'))
where values ? 'serviceTypes';
